import { stringify } from 'yaml';
import { formatSeconds } from '../domain/duration';
import type { WrittenExclusion } from '../domain/exclusion';
import { whenText } from '../domain/written-exclusion';
import {
  type Alerting,
  type CompositeSli,
  type NamedTier,
  type OtherAlert,
  type QuerySli,
  type Sli,
  type Slo,
  sloId,
  type TierOverride,
} from '../domain/slo';
import { budgetPolicyText } from './native-budget-policy';
import { DEFAULT_DATASOURCE } from './native-slo';
import { DEFAULT_TIER_NAMES } from './native-tiers';
import { DEFAULT_SLICE } from './native-sli';
import { percentageOf } from './percentage';

/** A value of a YAML document; what is undefined is left out. */
type Plain = unknown;
type Mapping = Record<string, Plain>;

/** One document per service, in the order in which services are first met. */
export function nativeDocuments(slos: readonly Slo[]): readonly Mapping[] {
  const services = new Map<string, Slo[]>();
  for (const slo of slos) services.set(slo.service, [...(services.get(slo.service) ?? []), slo]);
  return [...services].map(([service, own]) => {
    const team = sharedTeam(own);
    const labels = sharedLabels(own);
    return compact({
      apiVersion: 'slowburn/v1',
      service,
      team,
      labels: filled(labels),
      slos: own.map((slo) => nativeSlo(slo, team, labels)),
    });
  });
}

/** SLOs in the native language; reading them gives the same SLOs again. */
export function writeNative(slos: readonly Slo[]): string {
  return nativeDocuments(slos)
    .map((document) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n');
}

function nativeSlo(
  slo: Slo,
  team: string | undefined,
  shared: Readonly<Record<string, string>>,
): Mapping {
  const own = Object.entries(slo.labels).filter(([key]) => !Object.hasOwn(shared, key));
  return compact({
    name: slo.name,
    description: slo.description ?? undefined,
    team: slo.team === null || slo.team === team ? undefined : slo.team,
    labels: filled(Object.fromEntries(own)),
    objective: `${percentageOf(slo.objective.text)}%`,
    ...windowOf(slo),
    ...countedOf(slo),
    groupBy: slo.groupBy.length === 0 ? undefined : slo.groupBy,
    ...budgetingOf(slo),
    noData: unless('ignore', slo.noData),
    minEvents: slo.minEvents ?? undefined,
    minBadEvents: slo.minBadEvents ?? undefined,
    datasource: unless(DEFAULT_DATASOURCE, slo.datasource),
    counting: countingOf(slo),
    alerting: filled(alertingOf(slo.alerting)),
    renamedFrom: earlierName(slo),
    budgetPolicy: budgetPolicyText(slo.budgetPolicy),
    exclusions: slo.exclusions.length === 0 ? undefined : slo.exclusions.map(exclusionOf),
  });
}

/** Without the service where that is still the same. */
function earlierName({ service, renamedFrom }: Slo): string | undefined {
  if (renamedFrom === null) return undefined;
  const own = `${service}/`;
  return renamedFrom.startsWith(own) ? renamedFrom.slice(own.length) : renamedFrom;
}

function exclusionOf({ when, treatment, reason, author, group }: WrittenExclusion): Mapping {
  return compact({
    ...whenText(when),
    treatment: unless('drop', treatment),
    reason,
    author,
    group: group ?? undefined,
  });
}

function windowOf({ window }: Slo): Mapping {
  if (window.kind === 'rolling') return { window: formatSeconds(window.seconds) };
  return { window: window.unit, timeZone: window.timeZone };
}

function countedOf({ service, sli }: Slo): Mapping {
  return sli.kind === 'composite' ? { dependsOn: compositeOf(service, sli) } : { sli: sliOf(sli) };
}

function compositeOf(service: string, { method, sliceSeconds, parts }: CompositeSli): Mapping {
  const own = `${service}/`;
  return compact({
    method,
    slice: unless(DEFAULT_SLICE, formatSeconds(sliceSeconds)),
    of: parts.map((part) => {
      const id = sloId(part);
      return compact({
        slo: id.startsWith(own) ? id.slice(own.length) : id,
        weight: unless('1', part.weight),
        labels: part.group ?? undefined,
      });
    }),
  });
}

function sliOf(sli: Exclude<Sli, CompositeSli>): Mapping {
  switch (sli.kind) {
    case 'ratio':
      return { ratio: { total: sli.total, [sli.part.role]: sli.part.selector } };
    case 'latency':
      return {
        latency: compact({
          histogram: sli.histogram,
          threshold: durationText(sli.thresholdSeconds),
          native: sli.native ? true : undefined,
        }),
      };
    case 'availability':
      return { availability: compact({ up: sli.up, instances: unless('any', sli.instances) }) };
    case 'threshold': {
      const { query, op, value, sliceSeconds } = sli;
      const slice = unless(DEFAULT_SLICE, formatSeconds(sliceSeconds));
      return { threshold: compact({ query, op, value, slice }) };
    }
    case 'query':
      return { query: countsOf(sli.counts) };
  }
}

function countsOf(counts: QuerySli['counts']): Mapping {
  return counts.role === 'errorRatio'
    ? { errorRatio: counts.ratio }
    : { total: counts.total, [counts.role]: counts.part };
}

function budgetingOf({ budgeting }: Slo): Mapping {
  if (budgeting.kind === 'occurrences') return {};
  const { kind, sliceSeconds } = budgeting;
  const slice = formatSeconds(sliceSeconds);
  if (kind === 'ratio-timeslices') return { budgeting: kind, slice };
  const sliceObjective = `${percentageOf(budgeting.sliceObjective.text)}%`;
  return { budgeting: kind, slice, sliceObjective };
}

function countingOf({ counting }: Slo): Mapping | undefined {
  const usual = counting.identity.join() === 'job,instance';
  return filled(
    compact({
      identity: usual ? undefined : counting.identity,
      births: unless('count', counting.births),
    }),
  );
}

function alertingOf(alerting: Alerting): Mapping {
  const { runbook, labels, annotations = {}, tiers, named = [], exhausted, noData } = alerting;
  return compact({
    runbook: runbook ?? undefined,
    labels: filled(labels),
    annotations: filled(annotations),
    ...Object.fromEntries(tiers.map((tier) => [tier.kind, tierOf(tier)])),
    tiers: filled(Object.fromEntries(named.map((tier) => [tier.name, namedTierOf(tier)]))),
    exhausted: otherAlertOf(exhausted),
    noData: otherAlertOf(noData),
  });
}

function namedTierOf(tier: NamedTier): Mapping {
  const usual = DEFAULT_TIER_NAMES.includes(tier.name);
  return compact({
    kind: usual ? undefined : tier.kind,
    ...(tier.fires ?? {}),
    long: tier.longSeconds === null ? undefined : formatSeconds(tier.longSeconds),
    short: tier.shortSeconds === null ? undefined : formatSeconds(tier.shortSeconds),
    severity: tier.severity ?? undefined,
    disabled: tier.disabled ? true : undefined,
  });
}

function otherAlertOf(alert: OtherAlert | undefined): Mapping | undefined {
  if (alert === undefined) return undefined;
  const { severity, disabled } = alert;
  return compact({ severity: severity ?? undefined, disabled: disabled ? true : undefined });
}

function tierOf({ kind, severity, disabled, labels = {} }: TierOverride): Mapping | undefined {
  return filled(
    compact({
      severity: unless(kind, severity),
      disabled: disabled ? true : undefined,
      labels: filled(labels),
    }),
  );
}

/** Seconds as a duration: `0.5` is `500ms`, `1.5` is `1s500ms`. */
function durationText(seconds: string): string {
  const [whole = '0', decimals = ''] = seconds.split('.');
  const milliseconds = Number(decimals.padEnd(3, '0'));
  const text = Number(whole) === 0 ? '' : formatSeconds(Number(whole));
  return milliseconds === 0 ? text : `${text}${milliseconds}ms`;
}

/** The team of all of several SLOs. */
function sharedTeam(slos: readonly Slo[]): string | undefined {
  const [first] = slos;
  const shared = slos.length > 1 && slos.every(({ team }) => team === first?.team);
  return shared ? (first?.team ?? undefined) : undefined;
}

/** The labels that all of several SLOs have. */
function sharedLabels(slos: readonly Slo[]): Readonly<Record<string, string>> {
  const [first] = slos;
  if (first === undefined || slos.length < 2) return {};
  return Object.fromEntries(
    Object.entries(first.labels).filter(([key, value]) =>
      slos.every(({ labels }) => labels[key] === value),
    ),
  );
}

function compact(mapping: Mapping): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined));
}

function filled(mapping: Readonly<Mapping>): Readonly<Mapping> | undefined {
  return Object.keys(mapping).length === 0 ? undefined : mapping;
}

function unless<T>(usual: T, value: T): T | undefined {
  return value === usual ? undefined : value;
}
