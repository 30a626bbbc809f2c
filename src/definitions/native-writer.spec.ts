import fc from 'fast-check';
import { counted, withSli } from '../../test/support/native-text';
import { Objective } from '../domain/objective';
import { sloId, type Slo } from '../domain/slo';
import { secondsText } from './native-sli';
import { nativeDocuments, writeNative } from './native-writer';
import { readDefinitions } from './read-definitions';

function read(text: string): readonly Slo[] {
  const { slos, problems } = readDefinitions(text, 'f');
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return slos.map(({ slo }) => slo);
}

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
  fc.constantFrom(
    ' padded ',
    'true',
    '0.50',
    '# none',
    'a: b',
    '- a',
    'two\nlines\n',
    '\ttab',
    '…',
    '=',
  ),
);
const labels = fc.dictionary(
  fc.constantFrom('tier', 'team', 'area', 'constructor', 'toString', '_x'),
  text,
  { noNullPrototype: true },
);
const objective = fc
  .integer({ min: 1, max: 999_999 })
  .map((millionths) => Objective.parse(`0.${String(millionths).padStart(6, '0')}`));
const slice = fc.constantFrom(60, 300, 600, 3_600);
const groups = fc.subarray(['endpoint', 'zone', 'tenant']);

const sli = fc.oneof(
  fc.record({
    kind: fc.constant('ratio' as const),
    total: fc.constantFrom('a_total', 'a_total{job="x",path=~"/[^\\"]+\\\\d"}'),
    part: fc.record({
      role: fc.constantFrom('good' as const, 'bad' as const),
      selector: fc.constantFrom('a_total{code="5\'"}', '{"with.dots"}'),
    }),
  }),
  fc.record({
    kind: fc.constant('latency' as const),
    histogram: fc.constant('x_seconds{job="a"}'),
    thresholdSeconds: fc.integer({ min: 1, max: 10_000_000 }).map(secondsText),
    native: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('availability' as const),
    up: fc.constant('up{job="a"}'),
    instances: fc.constantFrom('any' as const, 'all' as const, 'average' as const),
  }),
  fc.record({
    kind: fc.constant('threshold' as const),
    query: fc.constantFrom('a > 1', 'sum(\n  rate(a[5m])\n)'),
    op: fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
    value: fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => (value === 0 ? 0 : value)),
    sliceSeconds: slice,
  }),
  fc.record({
    kind: fc.constant('query' as const),
    counts: fc.constantFrom(
      { role: 'bad', part: 'a[$window]', total: 'b[$window]' } as const,
      { role: 'good', part: 'a[$window]', total: 'b[$window]' } as const,
      { role: 'errorRatio', ratio: '1 - avg_over_time(a[$window])' } as const,
    ),
  }),
);

const slo: fc.Arbitrary<Slo> = fc.record({
  service: fc.constantFrom('api', 'shop', '0'),
  name: fc.uuid(),
  description: fc.option(text),
  team: fc.option(text),
  labels,
  objective,
  window: fc.oneof(
    fc.record({
      kind: fc.constant('rolling' as const),
      seconds: fc.integer({ min: 259_200, max: 40_000_000 }),
    }),
    fc.record({
      kind: fc.constant('calendar' as const),
      unit: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const),
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo'),
    }),
  ),
  sli,
  groupBy: groups,
  budgeting: fc.constant({ kind: 'occurrences' as const }),
  noData: fc.constant('ignore' as const),
  minEvents: fc.option(fc.integer({ min: 1, max: 1_000 })),
  minBadEvents: fc.option(fc.integer({ min: 1, max: 1_000 })),
  datasource: fc.constantFrom('default', 'edge'),
  counting: fc.record({
    identity: fc.constantFrom(['job', 'instance'], ['pod']),
    births: fc.constantFrom('count' as const, 'ignore' as const),
  }),
  renamedFrom: fc.constantFrom(null, 'api/before', 'shop/before', 'other/before'),
  alerting: fc.record({
    runbook: fc.option(fc.constantFrom('https://wiki.example.com/a', 'docs/runbooks/a.md')),
    labels,
    tiers: fc
      .tuple(text, fc.boolean(), text, fc.boolean())
      .map(([page, noPage, ticket, noTicket]) => [
        { kind: 'page' as const, severity: page, disabled: noPage },
        { kind: 'ticket' as const, severity: ticket, disabled: noTicket },
      ]),
  }),
});

describe('what is written', () => {
  it('is read back as the same SLOs, and written the same again', () => {
    fc.assert(
      fc.property(fc.uniqueArray(slo, { minLength: 1, maxLength: 4, selector: sloId }), (slos) => {
        const written = writeNative(slos);
        const again = read(written);
        const services = [...new Set(slos.map(({ service }) => service))];
        const inOrder = services.flatMap((service) =>
          slos.filter((each) => each.service === service),
        );
        expect(again).toEqual(inOrder);
        expect(writeNative(again)).toBe(written);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['timeslices', ['budgeting: timeslices', 'slice: 1m', 'sliceObjective: 99.95%']],
    ['ratio timeslices', ['budgeting: ratio-timeslices', 'noData: bad']],
  ])('keeps %s', (_, lines) => {
    const slos = read(counted(...lines));
    expect(read(writeNative(slos))).toEqual(slos);
  });

  it('keeps how missing time is judged', () => {
    const slos = read(withSli('availability: {up: up}') + '\n    noData: good');
    expect(slos[0]?.noData).toBe('good');
    expect(read(writeNative(slos))).toEqual(slos);
  });

  it('leaves out what goes without saying, and says once what all SLOs have', () => {
    const one = counted('team: a', 'labels: {tier: "1", area: web}');
    const two = one.replace('- name: one', '- name: two').replace('area: web', 'area: api');
    const slos = [one, two].flatMap((each) => read(each));
    expect(nativeDocuments(slos)).toEqual([
      {
        apiVersion: 'slowburn/v1',
        service: 'api',
        team: 'a',
        labels: { tier: '1' },
        slos: ['one', 'two'].map((name) => ({
          name,
          labels: { area: name === 'one' ? 'web' : 'api' },
          objective: '99%',
          window: '30d',
          sli: { ratio: { total: 'a_total', bad: 'b_total' } },
        })),
      },
    ]);
  });
});
