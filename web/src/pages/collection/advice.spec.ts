import type { SourceView } from '../../../../src/collection/collection-views';
import { adviceForFailure, adviceForSource, isBehind } from './advice';

const source = (given: Partial<SourceView>) =>
  ({ up: true, error: null, clockSkewSeconds: 0, ...given }) as SourceView;

describe('what to do about a source', () => {
  it('is nothing while it answers, or was not asked yet', () => {
    expect(adviceForSource(source({}))).toBeNull();
    expect(adviceForSource(source({ up: null }))).toBeNull();
    expect(adviceForSource(source({ clockSkewSeconds: -4 }))).toBeNull();
  });

  it.each<[Partial<SourceView>, string]>([
    [{ up: false, error: 'connect ECONNREFUSED 127.0.0.1:9090' }, 'away'],
    [{ up: false, error: null }, 'away'],
    [{ up: false, error: 'answered 401; check its credentials' }, 'credentials'],
    [{ up: false, error: 'answered 404; is its URL that of a Prometheus?' }, 'notPrometheus'],
    [{ up: false, error: 'answered 302, a redirect; redirects are not followed' }, 'notPrometheus'],
    [{ clockSkewSeconds: 12 }, 'skew'],
    [{ clockSkewSeconds: -12 }, 'skew'],
  ])('goes by what it said: %j', (given, advice) => {
    expect(adviceForSource(source(given))).toBe(advice);
  });
});

describe('what to do about an SLO that is not collected', () => {
  it.each([
    ['data source default: connect ECONNREFUSED 127.0.0.1:9090', 'away'],
    ['data source default: answered 503', 'away'],
    ['data source default: query processing would load too many samples into memory', 'tooMuch'],
    ['data source default: answered 403; check its credentials', 'credentials'],
    ['data source default: invalid parameter "query": unknown function', 'query'],
    ['threshold 0.3 s is not a bucket of http_request_duration_seconds', 'query'],
  ])('goes by what was said: %s', (message, advice) => {
    expect(adviceForFailure(message)).toBe(advice);
  });
});

it('collection is behind beyond the minutes that it always takes', () => {
  expect([null, 0, 120, 181].map((lagSeconds) => isBehind({ lagSeconds }))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
