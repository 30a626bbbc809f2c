import { binomial, poisson, streamOf, uniform } from './random';

const stream = streamOf('a stream');
const draws = Array.from({ length: 20_000 }, (_, at) => uniform(stream, at));
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('draws without state', () => {
  it('are the same whenever they are asked', () => {
    expect(uniform(stream, 1_795_000_000)).toBe(uniform(streamOf('a stream'), 1_795_000_000));
    expect(streamOf('a stream')).not.toBe(streamOf('another stream'));
  });

  it('lie between 0 and 1 and fill it evenly', () => {
    expect(draws.every((draw) => draw > 0 && draw < 1)).toBe(true);
    expect(mean(draws)).toBeCloseTo(0.5, 2);
    expect(draws.filter((draw) => draw < 0.1).length / draws.length).toBeCloseTo(0.1, 2);
  });

  it.each([0.01, 0.7, 5, 19.9, 20, 300])('come %p at a time on average', (expected) => {
    const counts = draws.map((draw) => poisson(expected, draw));
    expect(mean(counts) / expected).toBeGreaterThan(0.93);
    expect(mean(counts) / expected).toBeLessThan(1.07);
  });

  it.each([
    [10, 0.02],
    [10, 0.98],
    [1000, 0.3],
    [1000, 0.7],
  ])('of %p, the share %p is met on average, never more than all', (n, p) => {
    const counts = draws.map((draw) => binomial(n, p, draw));
    expect(mean(counts) / (n * p)).toBeGreaterThan(0.93);
    expect(mean(counts) / (n * p)).toBeLessThan(1.07);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...counts)).toBeLessThanOrEqual(n);
  });

  it('are none of nothing and all of certainty', () => {
    expect([poisson(0, 0.9), binomial(0, 0.5, 0.9), binomial(7, 0, 0.9)]).toEqual([0, 0, 0]);
    expect(binomial(7, 1, 0.1)).toBe(7);
  });
});
