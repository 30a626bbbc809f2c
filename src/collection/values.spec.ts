import { evaluated, FakeSource } from '../../test/support/fake-source';
import { slicesWith, uptimeWith, sloWith } from '../../test/support/slos';
import type { QuerySli, Slo, ThresholdSli } from '../domain/slo';
import { estimateQueries, estimateWindowSeconds } from '../promql/estimate';
import type { Series } from './series-source';
import { readAvailability } from './availability-reader';
import { readEstimate } from './estimate-reader';
import { groupSteps, NotCountable } from './sli-reading';
import { AmbiguousAnswer, judgeValues, readValues } from './value-reader';

const STEPS = { from: 0, to: 900, stepSeconds: 300 };

/** A series of one value per step, undefined where there is none. */
type Row = readonly [Record<string, string>, readonly (number | undefined)[]];

function giving(...rows: readonly Row[]) {
  const source = new FakeSource([
    [
      '',
      (asked): Series[] =>
        rows.map(([labels, values]) => evaluated(asked, (at) => values[at / 300 - 1], labels)),
    ],
  ]);
  return { source, at: { source, datasource: 'default', scrapeIntervalSeconds: 15 } };
}

describe('availability', () => {
  const read = async (slo: Slo, ...rows: readonly Row[]) => {
    if (slo.sli.kind !== 'availability') throw new Error('the test is about gauges');
    const { at, source } = giving(...rows);
    const reading = await readAvailability(at, slo, slo.sli, STEPS);
    return { reading, query: source.asked[0]?.query };
  };

  it('is the mean of the gauge in milliseconds, and missing where there is no sample', async () => {
    const { reading } = await read(uptimeWith(), [{}, [1, 0.25, undefined]]);
    expect(groupSteps(reading, reading.groups.get('[]'))).toEqual([
      { at: 300, good: 300_000n, total: 300_000n, coveredSeconds: 300, flags: [] },
      { at: 600, good: 75_000n, total: 300_000n, coveredSeconds: 300, flags: [] },
      { at: 900, good: 0n, total: 0n, coveredSeconds: 0, flags: ['missing'] },
    ]);
  });

  it('of a target that vanished is missing, not good, though others are seen', async () => {
    const slo = uptimeWith({ groupBy: ['instance'] });
    const { reading } = await read(
      slo,
      [{ instance: 'a' }, [1, 1, 1]],
      [{ instance: 'b' }, [1, undefined, undefined]],
    );
    const steps = groupSteps(reading, reading.groups.get('["b"]'));
    expect(steps.map((step) => [step.total, step.coveredSeconds])).toEqual([
      [300_000n, 300],
      [0n, 0],
      [0n, 0],
    ]);
    // One that is not in the answer at all is missing too.
    expect(groupSteps(reading, undefined).every((step) => step.coveredSeconds === 0)).toBe(true);
  });

  it.each([
    ['any', 'max(avg_over_time('],
    ['all', 'min(avg_over_time('],
    ['average', 'avg(avg_over_time('],
  ] as const)('of %s instance asks %s', async (instances, begins) => {
    const slo = uptimeWith({ sli: { kind: 'availability', up: 'up', instances } });
    expect((await read(slo, [{}, [1, 1, 1]])).query?.startsWith(begins)).toBe(true);
  });

  it.each([NaN, -0.1, 1.5, Infinity])('refuses a gauge whose mean is %d', async (value) => {
    await expect(read(uptimeWith(), [{}, [value]])).rejects.toThrow(NotCountable);
  });
});

describe('threshold slices', () => {
  const judged = async (op: ThresholdSli['op'], values: readonly (number | undefined)[]) => {
    const { at } = giving([{}, values]);
    const sli: ThresholdSli = {
      kind: 'threshold',
      query: 'p95',
      op,
      value: 0.5,
      sliceSeconds: 300,
    };
    const reading = judgeValues(await readValues(at, sli.query, [], STEPS), sli, STEPS);
    return groupSteps(reading, reading.groups.get('[]')).map(({ good, total, coveredSeconds }) => [
      good,
      total,
      coveredSeconds,
    ]);
  };
  const [GOOD, BAD, MISSING] = [
    [1n, 1n, 300],
    [0n, 1n, 300],
    [0n, 0n, 0],
  ];

  it.each([
    ['lt', [GOOD, BAD, BAD]],
    ['lte', [GOOD, GOOD, BAD]],
    ['gt', [BAD, BAD, GOOD]],
    ['gte', [BAD, GOOD, GOOD]],
  ] as const)('%s compares with the bound itself', async (op, told) => {
    expect(await judged(op, [0.4, 0.5, 0.6])).toEqual(told);
  });

  it('NaN and absence are missing, and infinity is a value', async () => {
    expect(await judged('lte', [NaN, undefined, Infinity])).toEqual([MISSING, MISSING, BAD]);
  });

  it('refuse several series where one value is wanted', async () => {
    const { at } = giving([{ pod: 'a' }, [1]], [{ pod: 'b' }, [2]]);
    await expect(readValues(at, 'p95', [], STEPS)).rejects.toThrow(AmbiguousAnswer);
    expect(slicesWith().groupBy).toEqual([]);
    const grouped = await readValues(at, 'p95', ['pod'], STEPS);
    expect([...grouped.keys()]).toEqual(['["a"]', '["b"]']);
  });
});

describe('estimates', () => {
  it.each([
    [15, 300],
    [60, 300],
    [75, 300],
    [76, 600],
    [300, 1200],
    [86_400, 86_400],
  ])(
    'of a source scraped every %d s look back over %d s, at least four scrapes',
    (scrape, window) => {
      expect(estimateWindowSeconds(scrape)).toBe(window);
    },
  );

  const read = async (
    counts: QuerySli['counts'],
    total: readonly (number | undefined)[],
    part: readonly (number | undefined)[] = [],
  ) => {
    const answer =
      (values: readonly (number | undefined)[]) => (asked: Parameters<typeof evaluated>[0]) => [
        evaluated(asked, (at) => values[at / 300 - 1]),
      ];
    const source = new FakeSource([
      ['all', answer(total)],
      ['', answer(part)],
    ]);
    const at = { source, datasource: 'default', scrapeIntervalSeconds: 15 };
    const reading = await readEstimate(at, counts, [], STEPS);
    return { steps: groupSteps(reading, reading.groups.get('[]')), asked: source.asked };
  };

  it('of good or bad and total are in millionths, absent bad being none', async () => {
    const counts = {
      role: 'bad',
      part: 'rate(bad[$window])',
      total: 'rate(all[$window])',
    } as const;
    const { steps, asked } = await read(
      counts,
      [10.5, 10, undefined],
      [0.25, undefined, undefined],
    );
    expect(steps.map(({ good, total, coveredSeconds }) => [good, total, coveredSeconds])).toEqual([
      [10_250_000n, 10_500_000n, 300],
      [10_000_000n, 10_000_000n, 300],
      [0n, 0n, 0],
    ]);
    expect(asked.map(({ query }) => query)).toEqual(['rate(all[300s])', 'rate(bad[300s])']);
  });

  it('never have more of a part than of the whole', async () => {
    const counts = { role: 'good', part: 'good', total: 'all' } as const;
    expect((await read(counts, [10], [10.01])).steps[0]).toMatchObject({
      good: 10_000_000n,
      total: 10_000_000n,
    });
  });

  it('of an error ratio alone are one per window', async () => {
    const counts = { role: 'errorRatio', ratio: 'all' } as const;
    const { steps } = await read(counts, [0.002, 0, NaN]);
    expect(steps.map(({ good, total }) => [good, total])).toEqual([
      [998_000n, 1_000_000n],
      [1_000_000n, 1_000_000n],
      [0n, 0n],
    ]);
    await expect(read(counts, [1.2])).rejects.toThrow('the error ratio is 1.2');
    await expect(read(counts, [-0.1])).rejects.toThrow(NotCountable);
  });

  it('refuse what is no count', async () => {
    const counts = { role: 'bad', part: 'bad', total: 'all' } as const;
    await expect(read(counts, [Infinity])).rejects.toThrow('the total query is Infinity');
    await expect(read(counts, [-5])).rejects.toThrow('the total query is -5');
  });

  it('are what query SLIs and native histograms are read by, and nothing else', () => {
    expect(estimateQueries(sloWith())).toBeNull();
    expect(estimateQueries(uptimeWith())).toBeNull();
    const native = sloWith({
      sli: { kind: 'latency', histogram: 'http_seconds', thresholdSeconds: '0.5', native: true },
      groupBy: ['path'],
    });
    expect(estimateQueries(native)).toEqual({
      role: 'good',
      part: 'sum by (path) (histogram_fraction(-Inf, 0.5, increase(http_seconds[$window])) * histogram_count(increase(http_seconds[$window])))',
      total: 'sum by (path) (histogram_count(increase(http_seconds[$window])))',
    });
  });
});
