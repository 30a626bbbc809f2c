import { sloWith, slicesWith, uptimeWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { plainQueries } from './plain-queries';
import { checkQuery } from './query-check';

const inWords = (slo: Slo) =>
  Object.fromEntries(plainQueries(slo, 300).map(({ of, query }) => [of, query]));

describe('an SLO as people would ask it', () => {
  it.each<readonly [string, Slo, Readonly<Record<string, string>>]>([
    [
      'a ratio with a bad part',
      sloWith({
        groupBy: ['endpoint'],
        sli: { kind: 'ratio', total: 'req', part: { role: 'bad', selector: 'req{code="500"}' } },
      }),
      {
        total: 'sum by (endpoint) (rate(req[5m]))',
        bad: 'sum by (endpoint) (rate(req{code="500"}[5m]))',
        sli: '1 - (sum by (endpoint) (rate(req{code="500"}[5m]))) / (sum by (endpoint) (rate(req[5m])))',
      },
    ],
    ['an availability', uptimeWith(), { sli: 'max(avg_over_time(up{job="shop"}[5m]))' }],
    ['a threshold', slicesWith(), { value: 'p95', good: '(p95) <= bool 0.5' }],
    [
      'an error ratio of its own',
      sloWith({
        sli: { kind: 'query', counts: { role: 'errorRatio', ratio: 'rate(e[$window])' } },
      }),
      { sli: '1 - (rate(e[5m]))' },
    ],
    [
      'counts of its own',
      sloWith({
        sli: {
          kind: 'query',
          counts: {
            role: 'good',
            part: 'sum(increase(g[$window]))',
            total: 'sum(increase(t[$window]))',
          },
        },
      }),
      {
        total: 'sum(increase(t[5m]))',
        good: 'sum(increase(g[5m]))',
        sli: '(sum(increase(g[5m]))) / (sum(increase(t[5m])))',
      },
    ],
    [
      'one that is made of others',
      sloWith({ sli: { kind: 'composite', method: 'all', sliceSeconds: 300, parts: [] } }),
      {},
    ],
  ])('is right for %s', (_, slo, queries) => {
    expect(inWords(slo)).toEqual(queries);
    for (const query of Object.values(queries)) checkQuery(query);
  });

  it('names the bucket of a latency, however the engine spells it', () => {
    const { total, good, sli } = inWords(
      sloWith({
        sli: { kind: 'latency', histogram: 'lat', thresholdSeconds: '0.5', native: false },
      }),
    );
    expect(total).toBe('sum(rate(lat_count[5m]))');
    expect(good).toMatch(/^sum\(rate\(lat_bucket\{le=~".*5.*"\}\[5m\]\)\)$/);
    expect(sli).toBe(`(${good ?? ''}) / (${total ?? ''})`);
  });
});
