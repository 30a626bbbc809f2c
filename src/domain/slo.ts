import type { AlertKind } from './alert-policy';
import type { BudgetPolicy } from './budget-policy';
import type { WrittenExclusion } from './exclusion';
import type { Objective } from './objective';
import type { SloWindow } from './slo-window';

/** Label values that choose one of a grouped SLO's streams; null for an SLO without groups. */
export type Group = Readonly<Record<string, string>> | null;

/** What is counted. Selectors and queries are PromQL text; thresholds are decimal texts. */
export type Sli = RatioSli | LatencySli | AvailabilitySli | ThresholdSli | QuerySli | CompositeSli;

/** Counters: total with either its good or its bad part. */
export interface RatioSli {
  readonly kind: 'ratio';
  readonly total: string;
  readonly part: { readonly role: 'good' | 'bad'; readonly selector: string };
}

/** A classic histogram without its suffix: good is the bucket of the threshold, total the count. */
export interface LatencySli {
  readonly kind: 'latency';
  readonly histogram: string;
  readonly thresholdSeconds: string;
  readonly native: boolean;
}

/** A 0/1 gauge, time-based. */
export interface AvailabilitySli {
  readonly kind: 'availability';
  readonly up: string;
  readonly instances: 'any' | 'all' | 'average';
}

export type ComparisonOperator = 'lt' | 'lte' | 'gt' | 'gte';

/** Time slices, each good when the comparison holds at its end. */
export interface ThresholdSli {
  readonly kind: 'threshold';
  readonly query: string;
  readonly op: ComparisonOperator;
  readonly value: number;
  readonly sliceSeconds: number;
}

/** PromQL that holds `$window`: counts as given, or only an error ratio. Always an estimate. */
export interface QuerySli {
  readonly kind: 'query';
  readonly counts:
    | { readonly role: 'good' | 'bad'; readonly part: string; readonly total: string }
    | { readonly role: 'errorRatio'; readonly ratio: string };
}

/** How the slices of several SLOs become one. */
export type CompositeMethod = 'all' | 'worst' | 'weighted';

/** An SLO that a composite is made of. */
export interface CompositePart {
  readonly service: string;
  readonly name: string;
  /** One group of a grouped SLO; null for all of its groups together. */
  readonly group: Group;
  /** Decimal text above 0; `1` unless the method is weighted. */
  readonly weight: string;
}

/** Time slices made of those of other SLOs; nothing is asked of any source for it. */
export interface CompositeSli {
  readonly kind: 'composite';
  readonly method: CompositeMethod;
  readonly sliceSeconds: number;
  readonly parts: readonly CompositePart[];
}

/** Every event counts alike, or every slice of time does. */
export type Budgeting =
  | { readonly kind: 'occurrences' }
  | {
      readonly kind: 'timeslices';
      readonly sliceSeconds: number;
      readonly sliceObjective: Objective;
    }
  | { readonly kind: 'ratio-timeslices'; readonly sliceSeconds: number };

/** How the counters behind an SLO are recognised as one process' series. */
export interface Counting {
  /** Labels that name one scraped process. */
  readonly identity: readonly string[];
  /** Whether the first value of a series that is known to be new counts from zero. */
  readonly births: 'count' | 'ignore';
}

export interface TierOverride {
  readonly kind: AlertKind;
  readonly severity: string;
  readonly disabled: boolean;
  /** Over those of all alerts. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** One tier that is written: a default one by its name, or one of the SLO's own. */
export interface NamedTier {
  readonly name: string;
  readonly kind: AlertKind;
  /** Null: that of its kind. */
  readonly severity: string | null;
  readonly disabled: boolean;
  /** Windows as written; null: those of the default tier. */
  readonly longSeconds: number | null;
  readonly shortSeconds: number | null;
  /** When it fires: a share of the budget, or a burn rate, as decimal text; null: the default's share. */
  readonly fires: { readonly share: string } | { readonly factor: string } | null;
}

/** An alert that is none of the tiers. */
export interface OtherAlert {
  /** Null: that of tickets. */
  readonly severity: string | null;
  readonly disabled: boolean;
}

/** What is absent has never been written, and stays out of what is stored. */
export interface Alerting {
  readonly runbook: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Of all tiers of a kind. */
  readonly tiers: readonly TierOverride[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly named?: readonly NamedTier[];
  /** The budget is spent. */
  readonly exhausted?: OtherAlert;
  /** Nothing is known of the SLO. */
  readonly noData?: OtherAlert;
}

/** One service level objective, whatever language it was written in. */
export interface Slo {
  readonly service: string;
  readonly name: string;
  readonly description: string | null;
  readonly team: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly objective: Objective;
  readonly window: SloWindow;
  readonly sli: Sli;
  readonly groupBy: readonly string[];
  readonly budgeting: Budgeting;
  /** How missing time is judged when reading; time-based SLIs only. */
  readonly noData: 'ignore' | 'bad' | 'good';
  readonly minEvents: number | null;
  readonly minBadEvents: number | null;
  readonly datasource: string;
  readonly counting: Counting;
  readonly alerting: Alerting;
  /** `service/name` that it had before and whose history it goes on with; null when it had none. */
  readonly renamedFrom: string | null;
  /** Absent: nothing is written, and the default one is in force. */
  readonly budgetPolicy?: BudgetPolicy;
  /** Time that its definition says not to count; others come over the API. */
  readonly exclusions: readonly WrittenExclusion[];
}

/** An SLO that is made of others. */
export type CompositeSlo = Slo & { readonly sli: CompositeSli };

export function isComposite(slo: Slo): slo is CompositeSlo {
  return slo.sli.kind === 'composite';
}

/** Length of the slices an SLO counts; 0 where it does not count slices. */
export function sliceSecondsOf({ sli, budgeting }: Pick<Slo, 'sli' | 'budgeting'>): number {
  if (sli.kind === 'threshold' || sli.kind === 'composite') return sli.sliceSeconds;
  return budgeting.kind === 'occurrences' ? 0 : budgeting.sliceSeconds;
}

/**
 * What tells rows apart: the SLO, and its group whatever order its labels come in.
 *
 * @param slo `service/name`
 */
export function rowKey(slo: string, group: Group): string {
  const labels = Object.entries(group ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return labels.length === 0 ? slo : `${slo} ${JSON.stringify(labels)}`;
}

/** `service/name`. */
export function sloId(slo: Pick<Slo, 'service' | 'name'>): string {
  return `${slo.service}/${slo.name}`;
}
