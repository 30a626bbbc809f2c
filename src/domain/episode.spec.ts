import fc from 'fast-check';
import { type SpentStep, spentIn } from './episode';
import { Objective } from './objective';
import { badOf, type Tally } from './tally';

const START = 1_790_812_800;
const STEP = 300;
const THREE_NINES = Objective.parse('99.9%');

interface Written {
  readonly total: number;
  readonly bad: number;
  readonly known?: boolean;
  readonly raw?: { readonly total: number; readonly bad: number };
  readonly objective?: Objective;
}

const IDLE: Written = { total: 0, bad: 0 };
const UNSEEN: Written = { total: 0, bad: 0, known: false };

function tally(total: number, bad: number): Tally {
  return { good: BigInt(total - bad), total: BigInt(total), coveredSeconds: STEP };
}

function stepsOf(written: readonly Written[]): readonly SpentStep[] {
  return written.map(({ total, bad, known = true, raw, objective = THREE_NINES }, k) => ({
    at: START + (k + 1) * STEP,
    seconds: STEP,
    events: tally(total, bad),
    raw: raw === undefined ? tally(total, bad) : tally(raw.total, raw.bad),
    known,
    objective,
  }));
}

/** Of a thousand events each. */
function bad(...counts: readonly number[]): readonly Written[] {
  return counts.map((count) => ({ total: 1_000, bad: count }));
}

/** Episodes as [first step, step after the last, bad events]. */
function told(written: readonly Written[], merge?: number) {
  return spentIn(stepsOf(written), merge).episodes.map(({ from, to, events }) => [
    (from - START) / STEP,
    (to - START) / STEP,
    Number(badOf(events)),
  ]);
}

describe('an episode', () => {
  it('is the span of 45 bad events, while the one that was exactly on budget is none', () => {
    const { episodes, rest, all } = spentIn(stepsOf(bad(0, 5, 40, 1, 0)));
    expect(episodes).toEqual([
      expect.objectContaining({
        from: START + STEP,
        to: START + 3 * STEP,
        over: true,
        peakAt: START + 3 * STEP,
      }),
    ]);
    // 40 of 1 000 against 1 of 1 000.
    expect(episodes[0]?.peakBurnRate).toBe(40);
    expect([badOf(rest.events), badOf(all.events)]).toEqual([1n, 46n]);
  });

  it.each<readonly [string, readonly Written[], number, readonly (readonly number[])[]]>([
    ['nothing happened', [IDLE, IDLE], 0, []],
    ['nothing was seen', [UNSEEN, UNSEEN], 0, []],
    [
      'calm lies between two',
      bad(2, 0, 3),
      0,
      [
        [0, 1, 2],
        [2, 3, 3],
      ],
    ],
    [
      'an idle step lies between two',
      [...bad(2), IDLE, ...bad(3)],
      0,
      [
        [0, 1, 2],
        [2, 3, 3],
      ],
    ],
    ['nobody saw what lies between', [...bad(2), UNSEEN, UNSEEN, ...bad(3)], 0, [[0, 4, 5]]],
    ['it goes on at the end', bad(0, 2, 2), 0, [[1, 3, 4]]],
    ['it begins before the span', bad(2, 2, 0), 0, [[0, 2, 4]]],
    ['two that are five minutes apart are merged', bad(2, 1, 3), STEP, [[0, 3, 6]]],
    [
      'two that are ten minutes apart are not',
      bad(2, 1, 1, 3),
      STEP,
      [
        [0, 1, 2],
        [3, 4, 3],
      ],
    ],
    ['three are merged one after the other', bad(2, 1, 3, 0, 2), STEP, [[0, 5, 8]]],
  ])('where %s', (_, written, merge, expected) => {
    expect(told(written, merge)).toEqual(expected);
  });

  it('is not over while nothing since says so', () => {
    const overs = (written: readonly Written[]) =>
      spentIn(stepsOf(written)).episodes.map(({ over }) => over);
    expect(overs(bad(2))).toEqual([false]);
    expect(overs([...bad(2), UNSEEN])).toEqual([false]);
    expect(overs([...bad(2), IDLE])).toEqual([true]);
    expect(overs([...bad(2), UNSEEN, IDLE, UNSEEN])).toEqual([true]);
  });

  it('burns by the objective of its time', () => {
    const loose = Objective.parse('99%');
    const at = (objective: Objective) => ({ total: 1_000, bad: 5, objective });
    expect(told([at(loose), at(loose), at(THREE_NINES)])).toEqual([[2, 3, 5]]);
  });

  it('is told where it was excluded, with what it would have spent', () => {
    const [episode, ...others] = spentIn(
      stepsOf([
        ...bad(0),
        { total: 0, bad: 0, raw: { total: 1_000, bad: 300 } },
        { total: 1_000, bad: 0, raw: { total: 1_000, bad: 200 } },
        ...bad(0),
      ]),
    ).episodes;
    expect(others).toEqual([]);
    expect(episode).toMatchObject({ from: START + STEP, to: START + 3 * STEP, peakBurnRate: 300 });
    expect([badOf(episode?.events ?? tally(0, 0)), badOf(episode?.raw ?? tally(0, 0))]).toEqual([
      0n,
      500n,
    ]);
  });
});

const anyCounts = fc
  .record({ total: fc.nat(2_000), share: fc.constantFrom(0, 0, 0.0005, 0.001, 0.002, 0.1, 1) })
  .map(({ total, share }) => ({ total, bad: Math.floor(total * share) }));

const anyStep: fc.Arbitrary<Written> = fc
  .record({
    seen: anyCounts,
    known: fc.boolean(),
    treatment: fc.constantFrom('counts', 'counts', 'dropped', 'good'),
    objective: fc.constantFrom(THREE_NINES, Objective.parse('95%')),
  })
  .map(({ seen, known, treatment, objective }) => {
    const counted =
      treatment === 'dropped' ? IDLE : treatment === 'good' ? { ...seen, bad: 0 } : seen;
    return { ...counted, raw: seen, known, objective };
  });

describe('episodes and the rest', () => {
  it('add up to exactly what was consumed, adjusted and raw, whatever is merged', () => {
    fc.assert(
      fc.property(fc.array(anyStep), fc.nat(10), (written, merge) => {
        const steps = stepsOf(written);
        const { episodes, rest, all } = spentIn(steps, merge * STEP);
        for (const side of ['events', 'raw'] as const) {
          const consumed = steps.reduce((sum, step) => sum + badOf(step[side]), 0n);
          const spent = episodes.reduce((sum, episode) => sum + badOf(episode[side]), 0n);
          expect(spent + badOf(rest[side])).toBe(consumed);
          expect(badOf(all[side])).toBe(consumed);
        }
      }),
    );
  });

  it('cover every step that burns, end with such steps, and are apart', () => {
    fc.assert(
      fc.property(fc.array(anyStep), fc.nat(4), (written, merge) => {
        const steps = stepsOf(written);
        const { episodes } = spentIn(steps, merge * STEP);
        const burns = ({ events, raw, objective }: SpentStep) =>
          [events, raw].some(
            (counted) =>
              Number(badOf(counted)) > Number(counted.total) * objective.budgetRatio + 1e-9,
          );
        const within = (at: number) => episodes.some(({ from, to }) => at > from && at <= to);
        for (const step of steps.filter(burns)) expect(within(step.at)).toBe(true);
        for (const [k, { from, to }] of episodes.entries()) {
          expect(steps.filter(burns).map(({ at }) => at)).toEqual(
            expect.arrayContaining([from + STEP, to]),
          );
          const before = episodes[k - 1];
          if (before !== undefined) expect(from - before.to).toBeGreaterThan(merge * STEP);
        }
      }),
    );
  });
});
