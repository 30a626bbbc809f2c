import { bareDifference } from './bare-difference';
import { type Counter, counterKey, onInstances } from './counter';
import {
  abnormalInstances,
  differenceReasons,
  fullDifference,
  plainDifference,
  type StepShape,
} from './delta';
import { newestSamples, presences } from './presence';
import { formatSelector, parseSelector } from './selector';
import { nodesOf, parseSyntax } from './syntax';

const counter: Counter = {
  selector: parseSelector('http_requests_total{job="api",status=~"5..",path="/a\\"b"}'),
  groupBy: ['path'],
  identity: ['job', 'instance'],
  births: 'count',
};
const jobless: Counter = { ...counter, selector: parseSelector('x') };
const shape: StepShape = {
  stepSeconds: 15,
  scrapeIntervalSeconds: 15,
  lookbackSeconds: 7200,
  seriesLookbackSeconds: 600,
  fromLastScrape: false,
  unscraped: false,
};

const QUERIES: readonly (readonly [string, string])[] = [
  ['bare difference', bareDifference(counter, 60)],
  ['plain difference', plainDifference(counter, 60)],
  ['abnormal instances', abnormalInstances(counter, 60)],
  ['full difference', fullDifference(counter, shape)],
  [
    'full difference from the last scrape',
    fullDifference(counter, { ...shape, fromLastScrape: true, unscraped: true }),
  ],
  ['full difference without births', fullDifference({ ...counter, births: 'ignore' }, shape)],
  ['reasons', differenceReasons(counter, shape)],
  ['presence by its targets', presences(counter, 60)[0]],
  ['presence by its series', presences(counter, 60)[1]],
  ['presence of a counter without a job, by its series', presences(jobless, 60)[0]],
  ['presence of a counter without a job, by its targets', presences(jobless, 60)[1]],
  ['newest sample of its targets', newestSamples(counter)[0] ?? ''],
  ['newest sample of its series', newestSamples(counter)[1] ?? ''],
  ['newest sample without a job', newestSamples(jobless).join('')],
];

describe('the counting expressions', () => {
  it.each(QUERIES)('%s is PromQL', (_name, query) => {
    expect(() => parseSyntax(query)).not.toThrow();
  });

  it.each(QUERIES)('%s reads only the counter and its targets', (_name, query) => {
    const names = nodesOf(parseSyntax(query), 'VectorSelector').map((node) =>
      node.getChild('Identifier'),
    );
    const metrics = new Set(names.map((node) => node && query.slice(node.from, node.to)));
    const allowed = ['http_requests_total', 'up', 'process_start_time_seconds', 'x'];
    expect([...metrics].filter((metric) => !allowed.includes(metric ?? ''))).toEqual([]);
  });

  it('sums by the group labels and nothing else', () => {
    expect(bareDifference(counter, 60)).toMatch(/^sum by \(path\) \(/);
    expect(plainDifference(counter, 60)).toMatch(/^sum by \(path\) \(/);
    expect(plainDifference({ ...counter, groupBy: [] }, 60)).toMatch(/^sum\(/);
  });

  it('leaves out of a part what is not ordinary about its total', () => {
    const selector = { metric: 'm', matchers: [{ label: 'code', op: '=' as const, value: '500' }] };
    const total = { ...counter, selector: { metric: 'm', matchers: [] } };
    const part = { ...counter, selector, within: { total, test: () => true } };
    expect(abnormalInstances(part, 60)).toBe(abnormalInstances(total, 60));
    const oddities = plainDifference(part, 60).split('unless on (job, instance)')[1];
    expect(oddities).toBe(plainDifference(total, 60).split('unless on (job, instance)')[1]);
    expect(oddities).toContain('resets(m[60s])');
  });

  it('gives up and the process start only the matchers that targets have', () => {
    expect(fullDifference(counter, shape)).toContain('up{job="api"}');
    expect(fullDifference(counter, shape)).toContain('process_start_time_seconds{job="api"}');
  });
});

describe('narrowing to instances', () => {
  it('never matches a pair that was not named', () => {
    const narrowed = onInstances(counter, [
      ['api', 'b:1'],
      ['web', 'a.c'],
      ['api', 'a:1'],
    ]);
    expect(narrowed.map(({ selector }) => formatSelector(selector))).toEqual([
      'http_requests_total{instance=~"a:1|b:1",job="api",path="/a\\"b",status=~"5.."}',
      'http_requests_total{instance=~"a\\\\.c",job="api",job="web",path="/a\\"b",status=~"5.."}',
    ]);
  });

  it('tells counters apart by everything that is asked of them', () => {
    const keys = [
      counter,
      { ...counter, groupBy: [] },
      { ...counter, identity: ['pod'] },
      { ...counter, births: 'ignore' as const },
      { ...counter, selector: parseSelector('up') },
    ].map(counterKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(
      counterKey({
        ...counter,
        selector: parseSelector('http_requests_total{status=~"5..",path="/a\\"b",job="api"}'),
      }),
    ).toBe(keys[0]);
  });
});
