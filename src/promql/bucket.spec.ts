import fc from 'fast-check';
import { bucketOf, countOf, spellingsOf } from './bucket';
import { formatSelector, parseSelector } from './selector';

function matches(threshold: string, le: string): boolean {
  return new RegExp(`^(?:${spellingsOf(threshold).value})$`).test(le);
}

describe('the bucket of a threshold', () => {
  it.each([
    [
      '0.5',
      ['0.5', '0.50', '.5', '5e-01', '5e-1', '5E-01', '0.500000'],
      ['0.05', '5', '0.51', '5e-02', '50', '0.5.'],
    ],
    ['1', ['1', '1.0', '1.', '1e+00', '1e0', '01'], ['10', '0.1', '1.01', '1e+01', '+Inf', '11']],
    ['0.25', ['0.25', '0.250', '2.5e-01'], ['0.2', '0.025', '2.5e-02', '25e-02x']],
    ['10', ['10', '10.0', '1e+01', '1e1'], ['1', '100', '1e+10', '1e+00']],
    ['0.005', ['0.005', '5e-03'], ['0.05', '0.5', '5e-04']],
    ['2.5', ['2.5', '2.50', '2.5e+00'], ['25', '0.25', '2.05']],
  ])('%s is spelled %j and not %j', (threshold, same, others) => {
    for (const le of same) expect([le, matches(threshold, le)]).toEqual([le, true]);
    for (const le of others) expect([le, matches(threshold, le)]).toEqual([le, false]);
  });

  it('matches a number exactly when it is the same number', () => {
    const decimal = fc
      .tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 4 }))
      .map(([digits, places]) => (digits / 10 ** places).toFixed(places));
    fc.assert(
      fc.property(decimal, decimal, (threshold, le) => {
        fc.pre(Number(threshold) > 0);
        const same = Number(threshold) === Number(le);
        expect(matches(threshold, le)).toBe(same);
        expect(matches(threshold, Number(le).toExponential())).toBe(same);
        expect(matches(threshold, String(Number(le)))).toBe(same);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps the histogram’s own matchers', () => {
    const histogram = parseSelector('http_request_duration_seconds{job="api"}');
    expect(formatSelector(countOf(histogram))).toBe(
      'http_request_duration_seconds_count{job="api"}',
    );
    expect(formatSelector(bucketOf(histogram, '0.5'))).toContain(
      'http_request_duration_seconds_bucket{job="api",le=~"',
    );
  });

  it.each(['0', '-1', '5e-1', 'abc', ''])('%j is no threshold', (text) => {
    expect(() => spellingsOf(text)).toThrow('latency threshold');
  });
});
