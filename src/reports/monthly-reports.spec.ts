import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { schemaFaults } from '../../test/support/report-schema';
import { sloWith, uptimeWith } from '../../test/support/slos';
import { CalendarMonth } from '../domain/calendar-month';
import type { Slo } from '../domain/slo';
import { LedgerFigurer } from '../evaluation/ledger-figurer';
import { PeriodFigurer } from '../evaluation/period-figures';
import { NOTHING_EXCLUDED } from '../ledger/exclusions';
import type { AlertSpan } from './alerts-during';
import { MonthlyReports } from './monthly-reports';
import type { Report, SloReport } from './report';

const GRID = 300;
const OCTOBER = CalendarMonth.parse('2026-10', 'Europe/Berlin');
const { from: FROM, to: TO } = OCTOBER.span;

function reports(
  ledger: MemoryLedger,
  alerts: readonly AlertSpan[] = [],
  judgedSince = FROM - 86_400,
): MonthlyReports {
  const definitions = new MemoryDefinitionHistory();
  return new MonthlyReports(
    new PeriodFigurer(ledger, definitions, NOTHING_EXCLUDED),
    new LedgerFigurer(ledger, definitions),
    ledger,
    {
      during: () => Promise.resolve(alerts),
      judgedSince: () => Promise.resolve({ get: () => judgedSince }),
    },
  );
}

async function october(
  ledger: MemoryLedger,
  slos: readonly Slo[],
  { until = TO, alerts = [] as readonly AlertSpan[], judgedSince = FROM - 86_400 } = {},
): Promise<Report> {
  const report = await reports(ledger, alerts, judgedSince).interim(slos, OCTOBER, until);
  if (report === null) throw new Error('October has begun');
  expect(schemaFaults(report)).toEqual([]);
  return report;
}

function only(report: Report): SloReport {
  const [row] = report.slos;
  if (row === undefined) throw new Error('the report has no row');
  return row;
}

/** 1 000 events every five minutes of September and October, and an hour in which a tenth failed. */
function shop(): { readonly slo: Slo; readonly ledger: MemoryLedger } {
  const slo = sloWith({ objective: '0.999' });
  const ledger = new MemoryLedger();
  const stream = ledger.begin(slo, CalendarMonth.parse('2026-09', 'Europe/Berlin').span.from);
  const incident = FROM + 9 * 86_400 + 12 * 3_600;
  stream.until(incident, GRID, { good: 1_000 });
  stream.until(incident + 3_600, GRID, { good: 900, bad: 100 });
  stream.until(TO, GRID, { good: 1_000 });
  return { slo, ledger };
}

describe('the report of a month', () => {
  it('adds up what was counted between local midnights, 745 hours of it', async () => {
    const { slo, ledger } = shop();
    const report = await october(ledger, [slo]);
    const total = 745 * 12 * 1_000;
    expect(report).toMatchObject({
      month: '2026-10',
      timeZone: 'Europe/Berlin',
      from: '2026-09-30T22:00:00.000Z',
      to: '2026-10-31T23:00:00.000Z',
      cutOff: '2026-10-31T23:00:00.000Z',
      overall: { slos: 1, met: 1, missed: 0, unknown: 0 },
    });
    const row = only(report);
    expect(row).toMatchObject({
      slo: 'shop/api-errors',
      objective: 0.999,
      met: true,
      events: { good: total - 1_200, bad: 1_200, total },
      sli: (total - 1_200) / total,
    });
    expect(row.budget.allowedBad).toBeCloseTo(8_940, 9);
    expect(row.budget.remainingRatio).toBeCloseTo(1 - 1_200 / 8_940, 12);
    expect(row.budget.totalMinutes).toBeCloseTo(44.7, 9);
    expect(row.budget.consumedMinutes).toBeCloseTo((1_200 / total) * 745 * 60, 9);
    expect(row.coverage.ratio).toBe(1);
    expect(row.previousMonths).toEqual([
      { month: '2026-09', sli: 1, remainingRatio: 1 },
      { month: '2026-08', sli: null, remainingRatio: null },
      { month: '2026-07', sli: null, remainingRatio: null },
    ]);
  });

  it('tells each day, 23 and 25 hours long where clocks change, and all days are the month', async () => {
    const { slo, ledger } = shop();
    const { days, events, budget } = only(await october(ledger, [slo]));
    expect(days).toHaveLength(31);
    expect(days.reduce((sum, { total }) => sum + total, 0)).toBe(events.total);
    expect(days.reduce((sum, { bad }) => sum + bad, 0)).toBe(events.bad);
    expect(days.find(({ date }) => date === '2026-10-25')?.total).toBe(25 * 12 * 1_000);
    expect(days[9]).toMatchObject({ date: '2026-10-10', bad: 1_200, sli: 1 - 1_200 / 288_000 });
    expect(days.at(-1)?.remainingRatio).toBe(budget.remainingRatio);
    expect(days[8]?.remainingRatio).toBe(1);
  });

  it('names what spent the budget, with its share', async () => {
    const { slo, ledger } = shop();
    const { episodes } = only(await october(ledger, [slo]));
    expect(episodes).toEqual([
      {
        from: '2026-10-10T10:00:00.000Z',
        to: '2026-10-10T11:00:00.000Z',
        bad: 1_200,
        total: 12_000,
        budgetShare: expect.closeTo(1_200 / 8_940, 12) as number,
        peakBurnRate: expect.closeTo(100, 9) as number,
      },
    ]);
  });

  it('counts alerts that began in it, and for how long any was firing', async () => {
    const { slo, ledger } = shop();
    const alert = (
      kind: 'page' | 'ticket',
      startedAt: number,
      endedAt: number | null,
    ): AlertSpan => ({
      ...{ service: 'shop', name: 'api-errors', group: null },
      ...{ kind, startedAt, endedAt },
    });
    const alerts = [
      alert('ticket', FROM - 3_600, FROM + 600),
      alert('page', FROM + 300, FROM + 900),
      alert('page', TO - 1_200, null),
      { ...alert('page', FROM + 60, null), name: 'other' },
    ];
    const row = only(await october(ledger, [slo], { alerts }));
    expect(row.alerts).toEqual({ pages: 2, tickets: 0, firingMinutes: 15 + 20 });
  });

  it('does not say that nothing fired where nobody judged', async () => {
    const { slo, ledger } = shop();
    const later = await october(ledger, [slo], { judgedSince: TO });
    expect(only(later).alerts).toEqual({ pages: null, tickets: null, firingMinutes: null });
    expect(later.overall).toMatchObject({ pages: null, tickets: null });
    const within = await october(ledger, [slo], { judgedSince: TO - 60 });
    expect(only(within).alerts).toEqual({ pages: 0, tickets: 0, firingMinutes: 0 });
  });

  it('says by when it was cut off while the month runs, and judges by what was until then', async () => {
    const { slo, ledger } = shop();
    const until = FROM + 20 * 86_400 + 200;
    const report = await october(ledger, [slo], { until });
    expect(report.cutOff).toBe('2026-10-20T22:00:00.000Z');
    const row = only(report);
    expect(row.days).toHaveLength(20);
    expect(row.budget.allowedBad).toBeCloseTo((20 * 24 * 12 * 1_000) / 1_000, 9);
    expect(await reports(ledger).interim([slo], OCTOBER.plus(1), until)).toBeNull();
  });

  it('has a row for each group that had events in it, and says what is missing', async () => {
    const slo = sloWith({ name: 'by-endpoint', groupBy: ['endpoint'] });
    const ledger = new MemoryLedger();
    ledger.begin(slo, FROM, { group: { endpoint: '/b' } }).until(TO, GRID, { good: 5 });
    ledger.begin(slo, FROM, { group: { endpoint: '/a' } }).until(TO, GRID, { good: 4, bad: 1 });
    ledger.begin(slo, FROM, { group: { endpoint: '/gone' } }).until(TO, GRID, { good: 0 });
    const empty = uptimeWith();
    const report = await october(ledger, [slo, empty]);
    expect(report.slos.map(({ slo: id, group, met }) => [id, group, met])).toEqual([
      ['shop/by-endpoint', { endpoint: '/a' }, false],
      ['shop/by-endpoint', { endpoint: '/b' }, true],
      ['shop/uptime', null, null],
    ]);
    expect(report.slos[2]).toMatchObject({
      sli: null,
      reason: 'nothing has been collected yet',
      downtimeMinutes: null,
    });
    expect(report.overall).toMatchObject({ slos: 3, met: 1, missed: 1, unknown: 1 });
    expect(report.services.map(({ service }) => service)).toEqual(['shop']);
  });

  it('tells downtime of uptime in the minutes that were bad', async () => {
    const slo = uptimeWith({ objective: '0.995' });
    const ledger = new MemoryLedger();
    const stream = ledger.begin(slo, FROM, { scale: 1_000n });
    stream.until(FROM + 3_600, GRID, { good: 0, bad: 300_000 });
    stream.until(TO, GRID, { good: 300_000 });
    const row = only(await october(ledger, [slo]));
    expect(row.downtimeMinutes).toBeCloseTo(60, 9);
    expect(row.budget.totalMinutes).toBeCloseTo(223.5, 9);
    expect(row.budget.remainingMinutes).toBeCloseTo(163.5, 9);
  });
});
