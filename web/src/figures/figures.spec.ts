import fc from 'fast-check';
import { Figures } from './figures';

const EN = new Figures('en', 'UTC');
const PT = new Figures('pt', 'America/Sao_Paulo');

describe('figures for people', () => {
  it('keep all digits of an objective', () => {
    expect([0.995, 0.9999, 0.9, 0.99995].map((ratio) => EN.objective(ratio))).toEqual([
      ...['99.5%', '99.99%', '90%', '99.995%'],
    ]);
    expect(PT.objective(0.9995)).toBe('99,95%');
  });

  it('never make what was achieved or is left look better, nor what was used look less', () => {
    expect(EN.sli(0.9949999, 0.995)).toBe('99.49%');
    expect(EN.sli(0.99999999, 0.9999)).toBe('99.999%');
    expect(EN.sli(1, 0.9999)).toBe('100.000%');
    expect(EN.remaining(0.68599)).toBe('68.5%');
    expect(EN.remaining(-0.3881)).toBe('-38.9%');
    expect(EN.consumed(0.3141)).toBe('31.5%');
    expect(EN.coverage(0.999999)).toBe('99.99%');
  });

  it('do not cut what only binary fractions cut', () => {
    expect(EN.remaining(1 - 0.9)).toBe('10.0%');
    expect(EN.remaining(-0)).toBe('0.0%');
  });

  it('tell by a share that is left, rounded down, at most what is there', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 1, noNaN: true }), (ratio) => {
        const told = Number(EN.remaining(ratio).replace('%', '')) / 100;
        expect(told).toBeLessThanOrEqual(ratio + 1e-9);
        expect(told).toBeGreaterThan(ratio - 0.001 - 1e-9);
      }),
    );
  });

  it.each([
    [EN, 'between 31 Oct 2026, 12:05 and 30 Nov 2026, 12:05'],
    [PT, 'between 31 de out. de 2026, 09:05 and 30 de nov. de 2026, 09:05'],
  ])('tell instants within a sentence of the service by their own clocks', (figures, span) => {
    expect(
      figures.sentence(
        'the source was not seen between 2026-10-31T12:05:00.000Z and 2026-11-30T12:05:00Z',
      ),
    ).toBe(`the source was not seen ${span}`);
  });

  it('leave a sentence as it is where it has no instant', () => {
    for (const text of ['nothing has been collected yet', 'at 2026-13-40T25:00:00Z', '2026-11-30'])
      expect(EN.sentence(text)).toBe(text);
  });

  it('are a dash where they cannot be known', () => {
    const unknown = [EN.sli(null), EN.remaining(null), EN.burn(null), EN.duration(null)];
    expect([...unknown, EN.count(null), EN.instant(null)]).toEqual(Array(6).fill('–'));
  });

  it.each([
    [0, '0s'],
    [0.4, '0s'],
    [59.9, '59s'],
    [61, '1m 1s'],
    [3_600, '1h'],
    [7_765, '2h 9m'],
    [-42, '-42s'],
    [-0.2, '0s'],
    [100_800, '1d 4h'],
    [86_400 * 30, '30d'],
  ])('%d s is %s', (seconds, text) => {
    expect(EN.duration(seconds)).toBe(text);
  });

  it.each([
    [7_765, '2h 9m'],
    [0, '0s'],
    [-0.2, '-1s'],
    [-42.1, '-43s'],
    [-60, '-1m'],
    [-3_661, '-1h 2m'],
    [-86_399, '-1d'],
    [-100_801, '-1d 5h'],
  ])('%d s that are left are %s, and never more', (seconds, text) => {
    expect(EN.durationLeft(seconds)).toBe(text);
  });

  it('never tell that more events are left', () => {
    expect([0.9, 1, 1234.99, -0.1, 1 - 0.9 + 0.9].map((left) => EN.countLeft(left))).toEqual([
      ...['0', '1', '1,234', '-1', '1'],
    ]);
    expect(EN.countLeft(null)).toBe('–');
  });

  it('tell a difference with its sign', () => {
    const figures = new Figures('en', 'UTC');
    expect([12, -1067, 0, 0.2].map((count) => figures.difference(count))).toEqual([
      '+12',
      '-1,067',
      '0',
      '0',
    ]);
  });

  it('tell a burn with as many decimals as matter', () => {
    expect([0.384, 1, 14.4, 999.6, 12_345].map((rate) => EN.burn(rate))).toEqual([
      ...['0.38×', '1.00×', '14.4×', '1,000×', '12,345×'],
    ]);
    expect(PT.burn(14.4)).toBe('14,4×');
  });

  it('tell times by the clocks of a zone', () => {
    const at = '2026-11-30T01:05:00Z';
    expect(EN.instant(at)).toBe('30 Nov 2026, 01:05');
    expect(PT.clock(at)).toBe('22:05');
    expect(EN.month('2026-10')).toBe('October 2026');
    expect(PT.month('2026-10')).toBe('outubro de 2026');
  });

  it('tell how long ago something was', () => {
    const now = Date.parse('2026-11-30T12:00:00Z');
    expect(EN.ago('2026-11-30T11:55:01Z', now)).toBe('4 min ago');
    expect(EN.ago('2026-12-02T12:00:00Z', now)).toBe('in 2 days');
    expect(PT.ago('2026-11-30T10:00:00Z', now)).toBe('há 2 h');
  });

  it('choose the form that goes with a count', () => {
    const forms = { one: 'SLO', other: 'SLOs' };
    expect([0, 1, 2].map((count) => EN.plural(count, forms))).toEqual(['SLOs', 'SLO', 'SLOs']);
    expect(PT.plural(0, forms)).toBe('SLO');
  });
});
