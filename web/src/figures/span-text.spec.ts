import { Figures } from './figures';
import { spanText } from './span-text';

describe('a span of time', () => {
  it.each([
    ['2026-11-20T01:00:00Z', '2026-11-20T05:00:00Z', 'UTC', '20 Nov 2026, 01:00 – 05:00'],
    [
      '2026-11-20T22:30:00Z',
      '2026-11-21T00:30:00Z',
      'UTC',
      '20 Nov 2026, 22:30 – 21 Nov 2026, 00:30',
    ],
    [
      '2026-11-20T22:30:00Z',
      '2026-11-21T00:30:00Z',
      'America/New_York',
      '20 Nov 2026, 17:30 – 19:30',
    ],
  ])('tells its day once where it is one: %s to %s, %s', (from, to, zone, text) => {
    expect(spanText(new Figures('en', zone), from, to)).toBe(text);
  });
});
