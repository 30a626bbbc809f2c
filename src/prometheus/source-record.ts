import type { QueryOutcome, SourceHealth } from '../collection/series-source';
import type { BadAnswer } from './bad-answer';

/** What the requests to one data source came to. */
export class SourceRecord {
  private up: boolean | null = null;
  private error: string | null = null;
  private lastAnswerAt: number | null = null;
  private clockSkewSeconds: number | null = null;
  private readonly queries: Record<QueryOutcome, number> = {
    success: 0,
    unavailable: 0,
    rejected: 0,
    too_much: 0,
    forbidden: 0,
    partial: 0,
  };

  succeeded(now: number): void {
    this.queries.success += 1;
    this.answered(now, null);
  }

  /** A source that refuses a query is up; one that answers with half of it is, with a complaint. */
  failed(answer: BadAnswer, now: number): void {
    this.queries[answer.kind] += 1;
    if (answer.kind === 'unavailable' || answer.kind === 'forbidden') {
      this.up = false;
      this.error = answer.message;
    } else {
      this.answered(now, answer.kind === 'partial' ? answer.message : null);
    }
  }

  sawClock(date: string | null, sentAt: number, receivedAt: number): void {
    const skew = leastSkew(date, sentAt, receivedAt);
    if (skew !== null) this.clockSkewSeconds = skew;
  }

  health(): SourceHealth {
    return {
      up: this.up,
      error: this.error,
      lastAnswerAt: this.lastAnswerAt,
      clockSkewSeconds: this.clockSkewSeconds,
      queries: { ...this.queries },
    };
  }

  private answered(now: number, error: string | null): void {
    this.up = true;
    this.error = error;
    this.lastAnswerAt = now;
  }
}

/**
 * The least difference between the source's clock and ours that a Date header proves.
 *
 * The header is cut to whole seconds and written at some instant between sending and receiving, so
 * the difference lies in (date - received, date + 1 - sent): 0 if that is in there, otherwise the
 * nearer end. A date of 100 in an answer to a request from 90.0 to 90.2 proves 9.8 s.
 *
 * @returns source minus ours in seconds; null without a readable date
 */
export function leastSkew(date: string | null, sentAt: number, receivedAt: number): number | null {
  const at = date === null ? NaN : Date.parse(date) / 1000;
  if (Number.isNaN(at)) return null;
  const least = at - receivedAt;
  const most = at + 1 - sentAt;
  if (least > 0) return least;
  return most < 0 ? most : 0;
}
