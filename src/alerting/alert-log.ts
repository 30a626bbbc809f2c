import type { AlertEnd, AlertFigures, NewAlert, OpenAlert, StoredAlert } from './alert';

/** What changes at an instant. */
export interface Transitions {
  readonly begun: readonly NewAlert[];
  readonly ended: readonly EndedAlert[];
}

export interface EndedAlert {
  readonly id: string;
  readonly endedAt: number;
  readonly endedBy: AlertEnd;
  /** Null where the SLO is gone. */
  readonly atEnd: AlertFigures | null;
}

export interface AlertFilter {
  readonly state?: 'firing' | 'resolved' | undefined;
  readonly service?: string | undefined;
  readonly name?: string | undefined;
  readonly severity?: string | undefined;
  readonly alertname?: string | undefined;
  /** Of groups that have all of these labels. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Open at or after this instant, epoch seconds. */
  readonly from?: number | undefined;
  /** Begun before this instant. */
  readonly to?: number | undefined;
}

/** Alerts and their transitions, kept for all replicas. */
export abstract class AlertLog {
  /** Alerts that have not ended, also those that are held back. */
  abstract open(): Promise<readonly OpenAlert[]>;

  /**
   * Writes what changes at an instant, once: whoever comes second, or comes with an earlier instant,
   * changes nothing.
   *
   * @param at epoch seconds
   * @param judge says what changes, from the alerts that are open
   * @returns the alerts that began or ended, as they are now; null when the instant was judged before
   */
  abstract judge(
    at: number,
    judge: (open: readonly OpenAlert[]) => Transitions,
  ): Promise<readonly StoredAlert[] | null>;

  /** Alerts that people and receivers are told of: open, or ended at or after an instant; none held back. */
  abstract told(endedSince: number): Promise<readonly StoredAlert[]>;

  /** Alerts that began and are open, or ended, at or after an instant; none held back. */
  abstract changed(since: number): Promise<readonly StoredAlert[]>;

  /** Alerts that were open at some time of (from, to]; none held back. */
  abstract during(from: number, to: number): Promise<readonly StoredAlert[]>;

  /** Newest first, behind a key of `afterKey`. */
  abstract list(
    filter: AlertFilter,
    after: string | null,
    limit: number,
  ): Promise<readonly StoredAlert[]>;
}
