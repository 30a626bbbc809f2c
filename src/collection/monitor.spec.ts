import { watermarksLately } from './monitor';

const DUE = 1_800_000_000;

describe('how far collection is, by the last evaluation', () => {
  const reached = new Map([
    ['r1', { streams: 2, at: DUE - 120 }],
    ['r2', { streams: 1, at: DUE }],
    ['r3', { streams: 0, at: null }],
  ]);

  it('is as far as the stream that is furthest behind, for each set of revisions', () => {
    const lately = { evaluatedAt: DUE, reached };
    expect(watermarksLately(lately, DUE, [['r1', 'r2'], ['r2', 'r3'], ['r3'], [], ['r4']])).toEqual(
      [
        { streams: 3, at: DUE - 120 },
        { streams: 1, at: DUE },
        { streams: 0, at: null },
        { streams: 0, at: null },
        { streams: 0, at: null },
      ],
    );
  });

  it('is not known by an evaluation of more than five minutes ago, nor before the first', () => {
    const known = (lately: Parameters<typeof watermarksLately>[0]) =>
      watermarksLately(lately, DUE, [['r2']]) !== null;
    expect(known({ evaluatedAt: DUE - 300, reached })).toBe(true);
    expect(known({ evaluatedAt: DUE - 301, reached })).toBe(false);
    expect(known({ evaluatedAt: null, reached })).toBe(false);
    expect(known({ evaluatedAt: DUE })).toBe(false);
  });
});
