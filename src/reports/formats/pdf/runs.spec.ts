import { beginsRight, runsOf } from './runs';

/** As the eye meets them from left to right. */
const seen = (text: string) => runsOf(text).map((run) => run.text);

describe('runs of a line', () => {
  it('are one for plain text', () => {
    expect(seen('shop/api-errors 99.9 %')).toEqual(['shop/api-errors 99.9 %']);
  });

  it('stand from right to left in Hebrew, with its words and the signs between', () => {
    expect(seen('שירות תשלומים 😀 مرحبا')).toEqual([
      ...['مرحبا', ' ', '😀', ' ', 'תשלומים', ' ', 'שירות'],
    ]);
    expect(beginsRight('שירות תשלומים')).toBe(true);
    expect(beginsRight('checkout שירות')).toBe(false);
  });

  it('keep what is read to the right in its order within', () => {
    expect(seen('שירות 42 api תשלומים')).toEqual([
      ...['תשלומים', ' ', 'api', ' ', '42', ' ', 'שירות'],
    ]);
  });

  it('mirror brackets, and know which were meant', () => {
    const runs = runsOf('(שירות) (תשלומים)').filter(({ meant }) => meant !== undefined);
    expect(runs.map(({ text, meant }) => [text, meant])).toEqual([
      ['(', ')'],
      [')', '('],
      ['(', ')'],
      [')', '('],
    ]);
  });

  it('leave out what is not seen, and keep what belongs together in one face', () => {
    expect(seen('a\u200bb\u202e\u202c')).toEqual(['ab']);
    expect(seen('e\u0301')).toHaveLength(1);
  });

  it('write any letter', () => {
    expect(runsOf('漢字 ж ✓ Ω \u{20000}').every(({ text }) => text !== '')).toBe(true);
  });
});
