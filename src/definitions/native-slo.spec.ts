import fc from 'fast-check';
import { counted, document, SLI, withSli } from '../../test/support/native-text';
import { readDefinitions } from './read-definitions';

function read(text: string) {
  const { slos, problems } = readDefinitions(text, 'f');
  expect(problems).toEqual([]);
  return slos.map(({ slo }) => slo);
}

const EXAMPLE = `
apiVersion: slowburn/v1
service: faciliauto
team: backend
labels: { tier: "1" }
slos:
  - name: api-errors
    description: Answers without a server error
    objective: 99.5%
    sli:
      ratio:
        total: http_requests_total{job="faciliauto-api"}
        bad: http_requests_total{job="faciliauto-api",status=~"5.."}
  - name: api-latency
    team: platform
    labels: { tier: "2", area: cars }
    objective: 0.950
    window: month
    timeZone: America/Sao_Paulo
    sli:
      latency:
        histogram: http_request_duration_seconds{job="faciliauto-api"}
        threshold: 500ms
    groupBy: [endpoint]
    minEvents: 100
    minBadEvents: 5
    counting: { identity: [pod], births: ignore }
  - name: uptime
    objective: 99.5%
    noData: bad
    datasource: edge
    sli:
      availability:
        up: up{job="faciliauto-api"}
        instances: all
  - name: p95-under-500ms
    objective: 99%
    window: 28d
    sli:
      threshold:
        query: histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket{job="faciliauto-api"}[5m])))
        op: lte
        value: 0.5
        slice: 10m
    alerting:
      runbook: docs/runbooks/high-latency.md
      labels: { channel: "#ops-alerts" }
      page: { severity: P0 }
      ticket: { disabled: true }
---
apiVersion: slowburn/v1
service: other
slos:
  - name: counts
    objective: 99%
    budgeting: timeslices
    slice: 1m
    sliceObjective: 95%
    sli:
      query:
        total: sum(increase(a_total[$window]))
        good: sum(increase(b_total[$window]))
  - name: ratio-query
    objective: 99%
    budgeting: ratio-timeslices
    sli:
      ratio:
        query: { total: 'sum(increase(a_total[$window]))', bad: 'sum(increase(b_total[$window]))' }
  - name: error-ratio
    objective: 99%
    sli: { query: { errorRatio: 'job:error_ratio{window="$window"} or avg_over_time(x[$window])' } }
`;

describe('the native language', () => {
  const slos = new Map(read(EXAMPLE).map((slo) => [slo.name, slo]));

  it('defines every SLO of every document', () => {
    expect([...slos.values()].map(({ service, name }) => `${service}/${name}`)).toEqual([
      'faciliauto/api-errors',
      'faciliauto/api-latency',
      'faciliauto/uptime',
      'faciliauto/p95-under-500ms',
      'other/counts',
      'other/ratio-query',
      'other/error-ratio',
    ]);
  });

  it('has defaults for all that is not said', () => {
    expect({
      ...slos.get('api-errors'),
      objective: slos.get('api-errors')?.objective.text,
    }).toEqual({
      service: 'faciliauto',
      name: 'api-errors',
      description: 'Answers without a server error',
      team: 'backend',
      labels: { tier: '1' },
      objective: '0.995',
      window: { kind: 'rolling', seconds: 2_592_000 },
      sli: {
        kind: 'ratio',
        total: 'http_requests_total{job="faciliauto-api"}',
        part: { role: 'bad', selector: 'http_requests_total{job="faciliauto-api",status=~"5.."}' },
      },
      groupBy: [],
      budgeting: { kind: 'occurrences' },
      noData: 'ignore',
      minEvents: null,
      minBadEvents: null,
      datasource: 'default',
      counting: { identity: ['job', 'instance'], births: 'count' },
      renamedFrom: null,
      exclusions: [],
      alerting: {
        runbook: null,
        labels: {},
        tiers: [
          { kind: 'page', severity: 'page', disabled: false },
          { kind: 'ticket', severity: 'ticket', disabled: false },
        ],
      },
    });
  });

  it('inherits team and labels from the document, the SLO overriding', () => {
    expect(slos.get('api-latency')).toMatchObject({
      team: 'platform',
      labels: { tier: '2', area: 'cars' },
      window: { kind: 'calendar', unit: 'month', timeZone: 'America/Sao_Paulo' },
      sli: {
        kind: 'latency',
        histogram: 'http_request_duration_seconds{job="faciliauto-api"}',
        thresholdSeconds: '0.5',
        native: false,
      },
      groupBy: ['endpoint'],
      minEvents: 100,
      minBadEvents: 5,
      counting: { identity: ['pod'], births: 'ignore' },
    });
    expect(slos.get('api-latency')?.objective.text).toBe('0.95');
  });

  it('knows availability, threshold, query and both ways of budgeting in slices', () => {
    expect(slos.get('uptime')).toMatchObject({
      sli: { kind: 'availability', up: 'up{job="faciliauto-api"}', instances: 'all' },
      noData: 'bad',
      datasource: 'edge',
    });
    expect(slos.get('p95-under-500ms')).toMatchObject({
      window: { kind: 'rolling', seconds: 28 * 86_400 },
      sli: { kind: 'threshold', op: 'lte', value: 0.5, sliceSeconds: 600 },
      alerting: {
        runbook: 'docs/runbooks/high-latency.md',
        labels: { channel: '#ops-alerts' },
        tiers: [
          { kind: 'page', severity: 'P0', disabled: false },
          { kind: 'ticket', severity: 'ticket', disabled: true },
        ],
      },
    });
    expect(slos.get('counts')).toMatchObject({
      sli: { kind: 'query', counts: { role: 'good', total: 'sum(increase(a_total[$window]))' } },
      budgeting: { kind: 'timeslices', sliceSeconds: 60, sliceObjective: { text: '0.95' } },
    });
    expect(slos.get('ratio-query')).toMatchObject({
      sli: { kind: 'query', counts: { role: 'bad', part: 'sum(increase(b_total[$window]))' } },
      budgeting: { kind: 'ratio-timeslices', sliceSeconds: 300 },
    });
    expect(slos.get('error-ratio')?.sli).toMatchObject({ counts: { role: 'errorRatio' } });
  });

  it('places each SLO where it begins', () => {
    const { slos: placed } = readDefinitions(EXAMPLE, 'a/b.yaml');
    expect(placed.map(({ place }) => place).slice(0, 2)).toEqual([
      { file: 'a/b.yaml', line: 7, column: 5 },
      { file: 'a/b.yaml', line: 14, column: 5 },
    ]);
  });

  it.each([
    ['500ms', '0.5'],
    ['1s', '1'],
    ['250ms', '0.25'],
    ['1m30s', '90'],
    ['2s5ms', '2.005'],
    ['5ms', '0.005'],
  ])('writes the threshold %s as %s seconds', (threshold, seconds) => {
    const [slo] = read(withSli(`latency: {histogram: h, threshold: ${threshold}, native: true}`));
    expect(slo?.sli).toEqual({
      kind: 'latency',
      histogram: 'h',
      thresholdSeconds: seconds,
      native: true,
    });
  });

  it('takes an objective digit for digit, however it is written (property)', () => {
    const digits = fc.stringMatching(/^[0-9]{0,9}[1-9]$/);
    fc.assert(
      fc.property(digits, fc.constantFrom('', '"', "'"), (decimals, quote) => {
        const text = document(`objective: ${quote}0.${decimals}${quote}`, `sli: ${SLI}`);
        const { slos: found } = readDefinitions(text, 'f');
        expect(found[0]?.slo.objective.text).toBe(`0.${decimals}`);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['old', 'api/old'],
    ['api/old', 'api/old'],
    ['other/one', 'other/one'],
  ])('takes the earlier name %s as %s', (written, full) => {
    expect(read(counted(`renamedFrom: ${written}`))[0]?.renamedFrom).toBe(full);
  });

  it('accepts exactly the DNS labels as names (property)', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9._-]{1,70}$/), (name) => {
        const isLabel = name.length <= 63 && /^[a-z0-9]/.test(name) && !/[^a-z0-9-]|-$/.test(name);
        const { slos: found } = readDefinitions(counted().replace('one', `"${name}"`), 'f');
        expect(found.map(({ slo }) => slo.name)).toEqual(isLabel ? [name] : []);
      }),
    );
  });

  it('accepts exactly the Prometheus label names, except those that are reserved (property)', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9_:-]{1,8}$/), (label) => {
        const isName = /^[a-zA-Z_]/.test(label) && !/[:-]/.test(label) && !label.startsWith('__');
        const { slos: found } = readDefinitions(
          counted(`labels: {"${label}": x}`, `groupBy: ["${label}"]`),
          'f',
        );
        expect(found).toHaveLength(isName ? 1 : 0);
      }),
    );
  });
});
