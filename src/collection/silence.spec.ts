import { isSilentAt } from './silence';

const PATIENCE = { scrapeIntervalSeconds: 15, rereadHorizonSeconds: 600 };

/** Scraped at these distances, the last one so long before the instant. */
function series(age: number, apart: readonly number[], endedAgo: readonly number[] = []) {
  const at = [1_000 - age];
  for (const seconds of apart) at.unshift((at[0] ?? 0) - seconds);
  return { at, endedAt: endedAgo.map((ago) => 1_000 - ago) };
}

const REGULAR = [15, 15, 15, 15, 15, 15, 15, 15];

describe('a series whose raw samples tell when it ended', () => {
  it.each<[what: string, series: ReturnType<typeof series>, silent: boolean]>([
    ['has just been scraped', series(15, REGULAR), false],
    ['lacks a scrape', series(16, REGULAR), true],
    ['lacks scrapes for as long as it is waited for', series(600, REGULAR), true],
    ['was given up', series(601, REGULAR), false],
    ['ended after its last sample', series(120, REGULAR, [105]), false],
    ['began again after an end', series(120, REGULAR, [150]), true],
    ['is always scraped more rarely', series(59, [60, 60, 60, 60]), false],
    ['lacks one of its rare scrapes', series(61, [60, 60, 60, 60]), true],
    ['lacks scrapes as it did before', series(45, [15, 45, 15, 15, 15, 15, 15, 15, 15]), true],
    ['has one sample', series(20, []), true],
    ['has none', { at: [], endedAt: [] }, false],
  ])('%s', (_, of, silent) => {
    expect(isSilentAt(of, 1_000, PATIENCE)).toBe(silent);
  });

  it('is judged by what came up to the instant', () => {
    const { at } = series(-30, REGULAR);
    expect(isSilentAt({ at }, 1_000, PATIENCE)).toBe(false);
    expect(
      isSilentAt({ at: at.filter((each) => Math.abs(each - 985) > 20) }, 1_000, PATIENCE),
    ).toBe(true);
  });
});
