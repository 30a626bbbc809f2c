import type { AskedQuery } from './merged-asking';

/** How far collection is, for `GET /collection` and the metrics page. */
export interface CollectionStatus {
  readonly slos: number;
  readonly streams: number;
  /** Queries the last tick sent. */
  readonly queriesPerTick: number;
  /** Those of them that were asked for many SLOs at once. */
  readonly queries: readonly AskedQuery[];
  /** Seconds from the oldest watermark to the newest step that is due. */
  readonly lagSeconds: number | null;
  /** Steps closed without data since this process started. */
  readonly missedSteps: number;
  /** Seconds of history read and asked for, summed over units. */
  readonly backfill: { readonly done: number; readonly total: number };
  readonly sources: readonly SourceStatus[];
  /** What went wrong in the last tick, by SLO: `service/name` and a sentence. */
  readonly failures: readonly { readonly slo: string; readonly message: string }[];
  /** What looks like a slip although it can be collected. */
  readonly warnings: readonly { readonly slo: string; readonly message: string }[];
  readonly lastTickAt: number | null;
  readonly lastTickSeconds: number | null;
  readonly stepsWritten: number;
  readonly retriedSteps: number;
  /** Steps whose data came late, corrected. */
  readonly amendedSteps: number;
  readonly leasesHeld: number;
  readonly flaggedSteps: Readonly<Record<string, number>>;
}

export interface SourceStatus {
  readonly name: string;
  readonly up: boolean | null;
  readonly lagSeconds: number | null;
  readonly clockSkewSeconds: number | null;
  readonly error: string | null;
  /** Requests by outcome since this process started. */
  readonly queries: Readonly<Record<string, number>>;
}

export abstract class CollectionMonitor {
  abstract status(): Promise<CollectionStatus>;
}
