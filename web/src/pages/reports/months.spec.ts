import type { ListedReportView } from '../../../../src/reports/closed-reports.dto';
import { latestOf, monthRows } from './months';

const report = (month: string, revision: number) => ({ month, revision }) as ListedReportView;
const NOW = Date.parse('2027-01-15T12:00:00Z');

describe('the months that have a report', () => {
  it('are the one that runs and the one before it, closed or not', () => {
    expect(monthRows([], NOW)).toEqual([
      { month: '2027-01', isOver: false, closed: null },
      { month: '2026-12', isOver: true, closed: null },
    ]);
  });

  it('are the closed ones by their latest revision, the latest month first', () => {
    const rows = monthRows([report('2026-11', 2), report('2026-11', 1), report('2026-09', 1)], NOW);
    expect(rows.map(({ month, closed }) => [month, closed?.revision ?? null])).toEqual([
      ['2027-01', null],
      ['2026-12', null],
      ['2026-11', 2],
      ['2026-09', 1],
    ]);
  });

  it('have none where nothing is closed', () => {
    expect(latestOf([report('2026-11', 1)], '2026-10')).toBeNull();
  });
});
