/** A rule as Prometheus' rule files write it. */
export type Rule = RecordingRule | AlertingRule;

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** A Prometheus duration; without it the alert fires at once. */
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Rules that Prometheus evaluates one after the other, at one instant. */
export interface RuleGroup {
  readonly name: string;
  /** A Prometheus duration; without it that of the server. */
  readonly interval?: string;
  readonly rules: readonly Rule[];
}

/** The rules of some SLOs, and what they cannot say. */
export interface Rules {
  readonly flavour: Flavour;
  readonly groups: readonly RuleGroup[];
  /** What holds for all of them. */
  readonly remarks: readonly string[];
  /** What is not carried over of one SLO. */
  readonly notes: readonly RuleNote[];
}

export interface RuleNote {
  /** `service/name`. */
  readonly slo: string;
  readonly text: string;
}

/** Alerts on the metrics of this service, or rules that work without it. */
export type Flavour = 'gauges' | 'standalone';

export const FLAVOURS: readonly Flavour[] = ['gauges', 'standalone'];
