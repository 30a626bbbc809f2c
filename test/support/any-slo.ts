import fc from 'fast-check';
import { secondsText } from '../../src/definitions/native-sli';
import type { AlertKind } from '../../src/domain/alert-policy';
import { Objective } from '../../src/domain/objective';
import {
  type Alerting,
  type Budgeting,
  isComposite,
  type NamedTier,
  type Sli,
  type Slo,
  sloId,
} from '../../src/domain/slo';
import { formatSelector } from '../../src/promql/selector';
import { anyWrittenExclusion } from './any-exclusion';
import { anyText, someText } from './any-text';

export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/),
  // What YAML would take for a number, a date, a time or a truth, were it not quoted.
  fc.constantFrom('0', '007', '1e3', '0x1f', '2026-11-20', 'true', 'null', 'yes', 'no', 'on'),
);

export const anyLabelName: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,12}$/).filter((label) => !label.startsWith('__')),
  fc.constantFrom('team', 'constructor', 'toString', 'hasOwnProperty', 'null', 'y', '_'),
);

const metric = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_:]{0,12}_total$/),
  someText.filter((text) => !/_(bucket|count|sum)$/.test(text)),
);

export const anySelector: fc.Arbitrary<string> = fc
  .record({
    metric,
    matchers: fc.uniqueArray(
      fc.record({
        label: anyLabelName.filter((label) => label !== 'le'),
        op: fc.constantFrom('=' as const, '!=' as const),
        value: anyText,
      }),
      { selector: ({ label }) => label, maxLength: 3 },
    ),
  })
  .map(formatSelector);

/** In queries `$window` is a placeholder wherever it stands, as a dashboard's variables are. */
const unplaced = anySelector.filter((selector) => !selector.includes('$window'));

const labels = fc.dictionary(anyLabelName, anyText, { noNullPrototype: true, maxKeys: 4 });

const slice = fc.constantFrom(60, 300, 600, 3_600);

export const anyObjective: fc.Arbitrary<Objective> = fc
  .bigInt({ min: 1n, max: 999_999_999_999n })
  .map((parts) => Objective.parse(`0.${String(parts).padStart(12, '0')}`));

const ratio = fc.record({
  kind: fc.constant('ratio' as const),
  total: anySelector,
  part: fc.record({
    role: fc.constantFrom('good' as const, 'bad' as const),
    selector: anySelector,
  }),
});

const latency = fc.record({
  kind: fc.constant('latency' as const),
  histogram: anySelector,
  thresholdSeconds: fc.integer({ min: 1, max: 10_000_000 }).map(secondsText),
  native: fc.boolean(),
});

const availability = fc.record({
  kind: fc.constant('availability' as const),
  up: anySelector,
  instances: fc.constantFrom('any' as const, 'all' as const, 'average' as const),
});

const threshold = fc.record({
  kind: fc.constant('threshold' as const),
  query: unplaced.map((selector) => `sum(\n  rate(${selector}[5m])\n)`),
  op: fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
  value: fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => (value === 0 ? 0 : value)),
  sliceSeconds: slice,
});

const windowed = unplaced.map((selector) => `sum(increase(${selector}[$window]))`);

const query = fc.record({
  kind: fc.constant('query' as const),
  counts: fc.oneof(
    fc.record({ role: fc.constant('errorRatio' as const), ratio: windowed }),
    fc.record({
      role: fc.constantFrom('good' as const, 'bad' as const),
      part: windowed,
      total: windowed,
    }),
  ),
});

const part = fc.record({
  service: fc.constantFrom('api', 'elsewhere'),
  name: anyName.map((name) => `part-${name}`.slice(0, 60).replace(/-$/, '')),
  group: fc.option(labels.filter((values) => Object.keys(values).length > 0)),
  weight: fc.constant('1'),
});

const composite = fc
  .record({
    kind: fc.constant('composite' as const),
    method: fc.constantFrom('all' as const, 'worst' as const, 'weighted' as const),
    sliceSeconds: fc.constantFrom(300, 600, 3_600, 86_400),
    parts: fc.uniqueArray(part, { minLength: 1, maxLength: 4, selector: sloId }),
    weight: fc.constantFrom('1', '2', '0.5', '12.125'),
  })
  .map(({ weight, ...sli }) => ({
    ...sli,
    parts: sli.parts.map((each) => (sli.method === 'weighted' ? { ...each, weight } : each)),
  }));

const budgeting: fc.Arbitrary<Budgeting> = fc.oneof(
  fc.constant({ kind: 'occurrences' as const }),
  fc.record({
    kind: fc.constant('timeslices' as const),
    sliceSeconds: slice,
    sliceObjective: anyObjective,
  }),
  fc.record({ kind: fc.constant('ratio-timeslices' as const), sliceSeconds: slice }),
);

/** Low enough for any objective and window. */
const fires = fc.oneof(
  fc.constantFrom('0.001%', '0.00001', '0.0015 %').map((share) => ({ share })),
  fc.constantFrom('0.5', '0.3').map((factor) => ({ factor })),
);

const ownTier: fc.Arbitrary<NamedTier> = fc.record({
  name: fc.constant('own'),
  kind: fc.constantFrom('page' as const, 'ticket' as const),
  severity: fc.option(someText),
  disabled: fc.boolean(),
  longSeconds: fc.constant(7_200),
  shortSeconds: fc.constant(900),
  fires,
});

const defaultTier: fc.Arbitrary<NamedTier> = fc.record({
  name: fc.constant('ticket-slow'),
  kind: fc.constant('ticket' as const),
  severity: fc.option(someText),
  disabled: fc.boolean(),
  longSeconds: fc.option(fc.constant(86_400)),
  shortSeconds: fc.option(fc.constant(3_600)),
  fires: fc.option(fires),
});

const tierOf = (kind: AlertKind) =>
  fc.record(
    {
      kind: fc.constant(kind),
      severity: someText,
      disabled: fc.boolean(),
      labels: labels.filter((own) => Object.keys(own).length > 0),
    },
    { requiredKeys: ['kind', 'severity', 'disabled'] },
  );

const otherAlert = fc
  .record({ severity: fc.option(someText), disabled: fc.boolean() })
  .filter(({ severity, disabled }) => severity !== null || disabled);

const written = fc.record(
  {
    annotations: fc.dictionary(fc.constantFrom('a', 'b c'), fc.string(), { minKeys: 1 }),
    named: fc.oneof(fc.tuple(defaultTier), fc.tuple(ownTier), fc.tuple(defaultTier, ownTier)),
    exhausted: otherAlert,
    noData: otherAlert,
  },
  { requiredKeys: [] },
);

const alerting = fc
  .tuple(
    fc.record({
      runbook: fc.option(fc.constantFrom('https://wiki.example.com/a b?c#d', 'docs/runbooks/a.md')),
      labels,
      tiers: fc.tuple(tierOf('page'), tierOf('ticket')),
    }),
    written,
  )
  .map(([usual, more]): Alerting => ({ ...usual, ...more }));

const sloWindow = fc.oneof(
  fc.record({
    kind: fc.constant('rolling' as const),
    seconds: fc.integer({ min: 259_200, max: 40_000_000 }),
  }),
  fc.record({
    kind: fc.constant('calendar' as const),
    unit: fc.constantFrom('week' as const, 'month' as const, 'quarter' as const),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo'),
  }),
);

const parts = fc.record({
  service: fc.constantFrom('api', 'shop', '0'),
  name: anyName,
  description: fc.option(someText),
  team: fc.option(someText),
  labels,
  objective: anyObjective,
  window: sloWindow,
  sli: fc.oneof<fc.Arbitrary<Sli>[]>(ratio, latency, availability, threshold, query, composite),
  groupBy: fc.uniqueArray(anyLabelName, { maxLength: 3 }),
  budgeting,
  noData: fc.constantFrom('ignore' as const, 'bad' as const, 'good' as const),
  minEvents: fc.option(fc.integer({ min: 1, max: 1_000 })),
  minBadEvents: fc.option(fc.integer({ min: 1, max: 1_000 })),
  datasource: fc.oneof(fc.constant('default'), someText),
  counting: fc.record({
    identity: fc.oneof(
      fc.constant(['job', 'instance']),
      fc.uniqueArray(anyLabelName, { minLength: 1, maxLength: 3 }),
    ),
    births: fc.constantFrom('count' as const, 'ignore' as const),
  }),
  alerting,
  renamedFrom: fc.option(anyName.map((name) => `earlier/${name}`)),
  exclusions: fc.array(anyWrittenExclusion, { maxLength: 3 }),
});

const USUAL_COUNTING = { identity: ['job', 'instance'], births: 'count' as const };

/** An SLO of any kind that the native language can say. */
export const anySlo: fc.Arbitrary<Slo> = parts.map((slo) => {
  const inSlices = slo.sli.kind === 'threshold' || isComposite(slo);
  const counted = inSlices ? { kind: 'occurrences' as const } : slo.budgeting;
  const timed = slo.sli.kind === 'availability' || inSlices || counted.kind !== 'occurrences';
  const ofNoSource = { groupBy: [], datasource: 'default', counting: USUAL_COUNTING };
  // Groups are told apart by the labels they are grouped by alone.
  const exclusions = slo.exclusions.map((written) =>
    slo.groupBy.includes('endpoint') && !isComposite(slo) ? written : { ...written, group: null },
  );
  return {
    ...slo,
    ...(isComposite(slo) ? ofNoSource : {}),
    budgeting: counted,
    noData: timed ? slo.noData : 'ignore',
    exclusions,
  };
});
