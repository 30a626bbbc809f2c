import type { Treatment } from '../domain/exclusion';
import type { WhenText } from '../domain/written-exclusion';

/** A document of slowburn/v1 that has passed `native-schema.json`, before its meaning is checked. */
export interface NativeDocument {
  readonly service: string;
  readonly team?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly slos: readonly NativeSlo[];
}

export interface NativeSlo {
  readonly name: string;
  readonly description?: string;
  readonly team?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly window?: string;
  readonly timeZone?: string;
  /** Either it or `dependsOn`. */
  readonly sli?: NativeSli;
  readonly groupBy?: readonly string[];
  readonly budgeting?: 'occurrences' | 'timeslices' | 'ratio-timeslices';
  readonly slice?: string;
  readonly sliceObjective?: string | number;
  readonly noData?: 'ignore' | 'bad' | 'good';
  readonly minEvents?: number;
  readonly minBadEvents?: number;
  readonly datasource?: string;
  readonly counting?: {
    readonly identity?: readonly string[];
    readonly births?: 'count' | 'ignore';
  };
  readonly alerting?: NativeAlerting;
  /** `name` or `service/name`. */
  readonly renamedFrom?: string;
  readonly budgetPolicy?: NativeBudgetPolicy;
  readonly dependsOn?: NativeComposite;
  readonly exclusions?: readonly NativeExclusion[];
}

/** Once, or by a rule with a duration. */
export interface NativeExclusion extends WhenText {
  readonly treatment?: Treatment;
  readonly reason: string;
  readonly author: string;
  readonly group?: Readonly<Record<string, string>>;
}

export interface NativeComposite {
  readonly method: 'all' | 'worst' | 'weighted';
  readonly slice?: string;
  readonly of: readonly NativePart[];
}

export interface NativePart {
  /** `name` or `service/name`. */
  readonly slo: string;
  readonly weight?: string | number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Exactly one of them is there. */
export interface NativeSli {
  readonly ratio?: NativeCounts & { readonly query?: NativeCounts };
  readonly latency?: {
    readonly histogram: string;
    readonly threshold: string;
    readonly native?: boolean;
  };
  readonly availability?: {
    readonly up: string;
    readonly instances?: 'any' | 'all' | 'average';
  };
  readonly threshold?: {
    readonly query: string;
    readonly op: 'lt' | 'lte' | 'gt' | 'gte';
    readonly value: number;
    readonly slice?: string;
  };
  readonly query?: NativeCounts;
}

export interface NativeCounts {
  readonly total?: string;
  readonly good?: string;
  readonly bad?: string;
  readonly errorRatio?: string;
}

export interface NativeAlerting {
  readonly runbook?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly page?: NativeKind;
  readonly ticket?: NativeKind;
  readonly tiers?: Readonly<Record<string, NativeNamedTier>>;
  readonly exhausted?: NativeTier;
  readonly noData?: NativeTier;
}

export interface NativeNamedTier extends NativeTier {
  readonly kind?: 'page' | 'ticket';
  readonly share?: number | string;
  readonly factor?: number | string;
  readonly long?: string;
  readonly short?: string;
}

export interface NativeKind extends NativeTier {
  readonly labels?: Readonly<Record<string, string>>;
}

export interface NativeTier {
  readonly severity?: string;
  readonly disabled?: boolean;
}

/** Shares of the budget and burn rates are read as they are written. */
export interface NativeBudgetPolicy {
  readonly freezeAt?: string | number;
  readonly slowAt?: string | number;
  readonly freezeWhilePaging?: boolean;
  readonly freezeAboveBurn?: number;
  readonly slowAboveBurn?: number;
  readonly burnOver?: string;
  readonly noData?: 'open' | 'closed';
}
