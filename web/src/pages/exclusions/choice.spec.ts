import type { ExclusionView } from '../../../../src/exclusions/exclusions.dto';
import { chosen, filterOf } from './choice';

const row = (
  id: string,
  state: ExclusionView['state'],
  from: string,
  rrule: string | null = null,
) => ({ id, state, from, rrule }) as ExclusionView;

const ROWS = [
  row('over', 'past', '2026-11-01T00:00:00Z'),
  row('back', 'revoked', '2026-11-29T00:00:00Z', 'FREQ=DAILY'),
  row('next', 'planned', '2026-12-01T00:00:00Z'),
  row('weekly', 'planned', '2026-10-01T00:00:00Z', 'FREQ=WEEKLY'),
  row('now', 'active', '2026-11-30T00:00:00Z'),
];
const names = (filter: string | null) => chosen(ROWS, filterOf(filter)).map(({ id }) => id);

describe('which exclusions are shown', () => {
  it('is all of them: what is in effect first, what was taken back last', () => {
    expect(names(null)).toEqual(['now', 'next', 'weekly', 'over', 'back']);
    expect(names('nonsense')).toEqual(names('all'));
  });

  it.each([
    ['active', ['now']],
    ['planned', ['next', 'weekly']],
    ['past', ['over']],
    ['revoked', ['back']],
    ['recurring', ['weekly']],
  ])('is by state, or what comes again and again: %s', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });
});
