import fc from 'fast-check';
import { formatSeconds, parseDuration, parseSeconds } from './duration';
import { InvalidValue } from './invalid-value';

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['30d', 2_592_000_000],
    ['4w', 2_419_200_000],
    ['1y', 31_536_000_000],
    ['1d2h3m4s5ms', 93_784_005],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', '0s', '0d0h', '5', 'm', '1.5h', '-5m', '5 m', '30m1h', '1M', '1mo', '5m5m', '5µs'])(
    'refuses %j, naming it and what is allowed',
    (text) => {
      expect(() => parseDuration(text)).toThrow(InvalidValue);
      expect(() => parseDuration(text)).toThrow(`duration is ${JSON.stringify(text)}, allowed:`);
    },
  );

  it('refuses more than can be counted', () => {
    expect(() => parseDuration('99999999999999999y')).toThrow(InvalidValue);
  });

  it('is asked for in whole seconds where nothing else makes sense', () => {
    expect(parseSeconds('2000ms')).toBe(2);
    expect(() => parseSeconds('1500ms')).toThrow('duration is "1500ms", allowed: whole seconds');
  });

  it('that was written is read back as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (seconds) => {
        expect(parseSeconds(formatSeconds(seconds))).toBe(seconds);
      }),
    );
  });

  it.each([
    [0, '0s'],
    [300, '5m'],
    [5_400, '1h30m'],
    [86_400, '1d'],
    [2_592_000, '30d'],
    [60_600, '16h50m'],
  ])('%d s is written %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});
