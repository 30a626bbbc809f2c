import type { Slo } from '../domain/slo';

/** Something is wrong, may well be, or is only worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** Every check by its stable name; `docs/doctor.md` says what to do about each. */
export const CHECKS = [
  'bad-above-total',
  'bucket-missing-on-some',
  'check-not-done',
  'clock-skew',
  'definition',
  'gauge-as-counter',
  'group-label-absent',
  'identity-label-absent',
  'ledger-unreachable',
  'matches-nothing',
  'no-process-start-time',
  'part-matches-nothing',
  'query-refused',
  'replica-label',
  'retention-too-short',
  'scrape-interval-differs',
  'short-alert-window',
  'source-refuses',
  'source-unreachable',
  'threshold-not-a-bucket',
  'tier-cannot-fire',
  'too-many-groups',
  'too-many-series',
] as const;

export type Check = (typeof CHECKS)[number];

/** What a check found: the value, what is allowed and what to do, each fit to be read alone. */
export interface Symptom {
  readonly check: Check;
  readonly severity: Severity;
  /** The field it is about, within the SLO's definition: `sli.ratio.total`; empty when it is none. */
  readonly path: string;
  readonly value: string;
  readonly allowed: string;
  readonly action: string;
}

/** A symptom and whose it is. */
export interface Finding extends Symptom {
  /** Null when it is about a data source or the ledger as a whole. */
  readonly slo: Slo | null;
  readonly datasource: string | null;
}

/** One sentence: `3 groups have more bad events than events, allowed: …; swap bad and total`. */
export function findingText({ value, allowed, action }: Symptom): string {
  const rule = allowed === '' ? '' : `, allowed: ${allowed}`;
  return action === '' ? value + rule : `${value}${rule}; ${action}`;
}
