import { checkQuery, withWindow } from './query-check';

describe('a query that is sent as it is', () => {
  it.each([
    'histogram_quantile(0.95, sum by (le) (rate(x_bucket{job="api"}[5m])))',
    'sum(increase(errors_total[$window])) / sum(increase(requests_total[$window]))',
    'max_over_time(sum(rate(x[5m]))[1h:1m])',
    '{"with.dots"} > 3',
    '1 - avg(up)',
  ])('%s is fine', (query) => {
    expect(() => {
      checkQuery(query);
    }).not.toThrow();
  });

  it.each([
    ['rate(sum(x)[5m:1m])', 'reset of the sum', 0],
    ['1 - increase(sum by (job) (x)[$window:1m])', 'reset of the sum', 4],
    ['sum(vector(1)[5m])', 'follows a selector', 4],
    ['sum({job="api"})', 'name its metric', 4],
    ['sum({__name__=~".+"})', 'name its metric', 4],
    ['sum(rate(x[$window])', 'expects more', 20],
    ['sum(rate(x[$windo]))', 'not PromQL', 11],
  ])('%s is refused: %s', (query, why, offset) => {
    expect(() => {
      checkQuery(query);
    }).toThrow(
      expect.objectContaining({ message: expect.stringContaining(why) as string, offset }) as Error,
    );
  });

  it('is nested as deep as anybody writes it, and no deeper', () => {
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(() => {
      checkQuery(nested(64));
    }).not.toThrow();
    expect(() => {
      checkQuery(nested(65));
    }).toThrow('it is nested too deep, allowed: 64 levels');
    const brackets = '('.repeat(100);
    for (const quoted of [`"\\"${brackets}"`, `'${brackets}'`, `\`${brackets}\``]) {
      expect(() => {
        checkQuery(`a{b=${quoted}}`);
      }).not.toThrow();
    }
    expect(() => {
      checkQuery(`a # ${brackets}\n + b`);
    }).not.toThrow();
  });

  it('takes a window wherever its placeholder stands', () => {
    expect(withWindow('a[$window] / b[$window]', '5m')).toBe('a[5m] / b[5m]');
  });
});
