import { evaluated, FakeSource } from '../../test/support/fake-source';
import { parseSelector } from '../promql/selector';
import type { Counter } from '../promql/counter';
import { bridgedCoverage, readPresence } from './covered';

const counter: Counter = {
  selector: parseSelector('http_requests_total{job="shop"}'),
  groupBy: [],
  identity: ['job', 'instance'],
  births: 'count',
};
const MIDNIGHT = Date.parse('2026-10-01T00:00:00Z') / 1000;
const DAY = 86_400;

/** A source that was seen in the steps that end at these instants. */
function seenAt(seen: (at: number) => boolean) {
  const source = new FakeSource([
    ['', (asked) => [evaluated(asked, (at) => (seen(at) ? 1 : undefined))]],
  ]);
  return { source, at: { source, datasource: 'default', scrapeIntervalSeconds: 15 } };
}

function minutes(count: number) {
  return { from: MIDNIGHT, to: MIDNIGHT + count * 60, stepSeconds: 60 };
}

describe('presence', () => {
  it('is told for each step by its end', async () => {
    const { at } = seenAt((instant) => instant !== MIDNIGHT + 120);
    expect(await readPresence(at, counter, minutes(4))).toEqual([true, false, true, true]);
  });
});

describe('coverage', () => {
  const none = [false, false, false, false];

  it.each([
    ['nothing is missing', [1, 1, 1, 1], [1, 1, 1, 1], [60, 60, 60, 60], []],
    [
      'a gap that the next step bridges is covered by it',
      [1, 0, 0, 1],
      [1, 0, 0, 1],
      [60, 0, 0, 180],
      [3],
    ],
    [
      'a gap behind which counting began anew is lost',
      [1, 0, 0, 1],
      [1, 0, 0, 0],
      [60, 0, 0, 60],
      [],
    ],
    ['two gaps are two bridges', [0, 1, 0, 1], [0, 1, 0, 1], [0, 120, 0, 120], [1, 3]],
    ['nothing was seen', [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], []],
  ])('when %s', async (_when, present, joined, seconds, bridges) => {
    const { at } = seenAt(() => true);
    const covered = await bridgedCoverage(
      at,
      counter,
      minutes(4),
      present.map(Boolean),
      joined.map(Boolean),
      MIDNIGHT,
    );
    expect(covered.seconds).toEqual(seconds);
    expect(covered.flags.map((flags) => [...flags])).toEqual(
      present.map((seen, k) => [
        ...(seen === 1 ? [] : ['missing']),
        ...(bridges.includes(k) ? ['gap'] : []),
      ]),
    );
  });

  it('reaches back to where it was last covered', async () => {
    const { at, source } = seenAt(() => false);
    const since = MIDNIGHT - 3 * 3600;
    const present = [false, true, true, true];
    const covered = await bridgedCoverage(at, counter, minutes(4), present, present, since);
    expect(covered.seconds).toEqual([0, 3 * 3600 + 120, 60, 60]);
    expect(source.asked).toEqual([]);
  });

  it('asks where a gap began when nobody knows', async () => {
    const began = MIDNIGHT - 5 * DAY - 7 * 3600;
    const { at, source } = seenAt((instant) => instant <= began);
    const present = [true, true, true, true];
    const covered = await bridgedCoverage(at, counter, minutes(4), present, present, null);
    expect(covered.seconds[0]).toBe(60 + MIDNIGHT - began);
    // The minute before first, then the five-minute grid: 35 days are within one range query.
    expect([...new Set(source.asked.map(({ range }) => range.stepSeconds))]).toEqual([60, 300]);
    for (const { range } of source.asked) {
      expect((range.to - range.from) / range.stepSeconds).toBeLessThan(11_000);
    }
  });

  it('has nothing to bridge when the step before was seen, or nothing ever was', async () => {
    const present = [true, true, true, true];
    const before = seenAt((instant) => instant === MIDNIGHT);
    const known = await bridgedCoverage(before.at, counter, minutes(4), present, present, null);
    expect(known.seconds).toEqual([60, 60, 60, 60]);
    const never = seenAt(() => false);
    const first = await bridgedCoverage(never.at, counter, minutes(4), present, present, null);
    expect(first.seconds).toEqual([60, 60, 60, 60]);
    expect(first.flags.every((flags) => flags.size === 0)).toBe(true);
  });

  it('does not ask what came before steps that do not join on to it', async () => {
    const { at, source } = seenAt(() => true);
    const present = [true, true, true, true];
    await bridgedCoverage(at, counter, minutes(4), present, none, null);
    expect(source.asked).toEqual([]);
  });
});
