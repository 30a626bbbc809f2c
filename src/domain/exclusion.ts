/**
 * What becomes of the events of excluded time: `drop` takes good and bad ones out, as if that time
 * had not been; `countGood` leaves them in and counts the bad ones as good.
 */
export type Treatment = 'drop' | 'countGood';

export const TREATMENTS: readonly Treatment[] = ['drop', 'countGood'];

/** A span of time; epoch seconds, `from` before `to`. */
export interface OnceExcluded {
  readonly kind: 'once';
  readonly from: number;
  readonly to: number;
}

/** Spans of one length that begin by an RFC 5545 rule, at the same time of day in a zone. */
export interface RepeatedlyExcluded {
  readonly kind: 'recurring';
  /** Epoch seconds: nothing begins before; its time of day is the rule's unless that names another. */
  readonly from: number;
  /** Each lasts so long, whatever clocks do meanwhile. */
  readonly durationSeconds: number;
  /** Without `RRULE:` in front. */
  readonly rrule: string;
  /** An IANA name. */
  readonly timeZone: string;
}

export type ExcludedWhen = OnceExcluded | RepeatedlyExcluded;

/** What is said of excluded time wherever it is written, in a definition or over the API. */
export interface WrittenExclusion {
  readonly when: ExcludedWhen;
  readonly treatment: Treatment;
  /** For people: why this time does not count. */
  readonly reason: string;
  /** Who says so. */
  readonly author: string;
  /** Label values of the groups it is about; null for all of them. */
  readonly group: Readonly<Record<string, string>> | null;
}
