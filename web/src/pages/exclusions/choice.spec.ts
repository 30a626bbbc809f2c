import type { ExclusionView } from '../../../../src/exclusions/exclusions.dto';
import { chosen, filterOf } from './choice';

const row = (
  id: string,
  state: ExclusionView['state'],
  from: string,
  rrule: string | null = null,
  occurrences: readonly { from: string; to: string }[] = [],
) => ({ id, state, from, rrule, occurrences }) as unknown as ExclusionView;

const NOW = Date.parse('2026-11-30T12:00:00Z');
const hourFrom = (from: string) => ({ from, to: from.replace('T02', 'T03') });

const ROWS = [
  row('over', 'past', '2026-11-01T00:00:00Z'),
  row('back', 'revoked', '2026-11-29T00:00:00Z', 'FREQ=DAILY'),
  row('next year', 'planned', '2027-01-01T00:00:00Z'),
  row('next', 'planned', '2026-12-01T00:00:00Z'),
  row('weekly', 'planned', '2026-10-01T02:00:00Z', 'FREQ=WEEKLY', [
    ...['2026-11-26T02:00:00Z', '2026-12-03T02:00:00Z'].map(hourFrom),
  ]),
  row('now', 'active', '2026-11-30T00:00:00Z'),
];
const names = (filter: string | null) => chosen(ROWS, filterOf(filter), NOW).map(({ id }) => id);

describe('which exclusions are shown', () => {
  it('is all of them: what is in effect first, what was taken back last', () => {
    expect(names(null)).toEqual([...['now', 'next', 'weekly', 'next year', 'over', 'back']]);
    expect(names('nonsense')).toEqual(names('all'));
  });

  it.each([
    ['active', ['now']],
    ['planned', ['next', 'weekly', 'next year']],
    ['past', ['over']],
    ['revoked', ['back']],
    ['recurring', ['weekly']],
  ])('is by state, or what comes again and again: %s', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });
});
