import { DAY_SECONDS } from '../domain/duration';

export type Labels = Readonly<Record<string, string>>;

/** One series of an answer: samples ascending, `at` in epoch seconds; values may be NaN or infinite. */
export interface Series {
  readonly labels: Labels;
  readonly at: readonly number[];
  readonly values: readonly number[];
  /** Of raw samples, where the source `showsEnds`: the instants at which it was marked as ended. */
  readonly endedAt?: readonly number[];
}

export interface InstantSample {
  readonly labels: Labels;
  readonly value: number;
}

/** Evaluation instants `from`, `from + stepSeconds`, … up to `to`, epoch seconds. */
export interface RangeAsked {
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
}

/** How late samples may come, in seconds. */
export interface Lateness {
  /** A step without samples closes as missing after this long. */
  readonly rereadHorizonSeconds: number;
  /** Steps that closed without samples are read again for this long. */
  readonly outOfOrderWindowSeconds: number;
}

export const ORDINARY_LATENESS: Lateness = {
  rereadHorizonSeconds: 600,
  outOfOrderWindowSeconds: 3 * DAY_SECONDS,
};

/**
 * A Prometheus-compatible server, asked by the name of its data source.
 *
 * A question that was given a signal ends with it, failing for the signal's reason.
 */
export abstract class SeriesSource {
  abstract instant(
    datasource: string,
    query: string,
    at: number,
    signal?: AbortSignal,
  ): Promise<readonly InstantSample[]>;

  /** @throws RangeError when the range has over 11 000 instants, which servers refuse */
  abstract range(
    datasource: string,
    query: string,
    asked: RangeAsked,
    signal?: AbortSignal,
  ): Promise<readonly Series[]>;

  /** Scraped samples of a selector's series, with their own times, `from` < t <= `to`. */
  abstract samples(
    datasource: string,
    selector: string,
    from: number,
    to: number,
    signal?: AbortSignal,
  ): Promise<readonly Series[]>;

  /** Label sets of the series that a selector matches and that had samples in a span; index only. */
  abstract labelSets(
    datasource: string,
    selector: string,
    from: number,
    to: number,
    signal?: AbortSignal,
  ): Promise<readonly Labels[]>;

  /**
   * Whether raw samples tell which series were marked as ended. Others tell it by what an instant shows:
   * a series that was not marked, for some minutes more.
   */
  showsEnds(_datasource: string): boolean {
    return false;
  }

  /** What is configured of the source; sources without configuration have the ordinary lateness. */
  lateness(_datasource: string): Lateness {
    return ORDINARY_LATENESS;
  }

  /** How the source answered lately. */
  abstract health(datasource: string): SourceHealth;

  /** The configured data sources' names. */
  abstract datasources(): readonly string[];
}

export interface SourceHealth {
  /** Null before the first request. */
  readonly up: boolean | null;
  readonly error: string | null;
  readonly lastAnswerAt: number | null;
  /** Source's clock minus ours, from the Date header. */
  readonly clockSkewSeconds: number | null;
  readonly queries: Readonly<Record<QueryOutcome, number>>;
}

export type QueryOutcome = 'success' | SourceFailureKind;

/**
 * unavailable: no answer, 5xx, 429 or something that is not Prometheus: try again later.
 * rejected: the query is wrong (400), no use in trying again until it changes.
 * too_much: too many samples (422): ask for less.
 * forbidden: credentials (401, 403). partial: an answer with warnings that is not the whole truth.
 */
export type SourceFailureKind = 'unavailable' | 'rejected' | 'too_much' | 'forbidden' | 'partial';

export class SourceFailure extends Error {
  constructor(
    readonly kind: SourceFailureKind,
    readonly datasource: string,
    message: string,
    options?: { readonly cause?: unknown; readonly retryAfterSeconds?: number },
  ) {
    super(`data source ${datasource}: ${message}`, { cause: options?.cause });
    this.name = 'SourceFailure';
    this.retryAfterSeconds = options?.retryAfterSeconds ?? null;
  }

  readonly retryAfterSeconds: number | null;
}
