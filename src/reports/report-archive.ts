import { createHash } from 'node:crypto';
import type { CallerIs } from '../auth/caller';

/** A report that is frozen: what it says never changes, a correction makes another revision. */
export interface ClosedReport {
  /** `2026-10`. */
  readonly month: string;
  readonly timeZone: string;
  /** From 1. */
  readonly revision: number;
  /** Epoch seconds. */
  readonly closedAt: number;
  /** Who closed it or corrected it; `slowburn` where nobody asked for it. */
  readonly author: string;
  readonly reason: string;
  /** SHA-256 of the hash before it, a line feed and the content, in hexadecimal. */
  readonly hash: string;
  /** Of the latest revision of the latest earlier month when this one was closed; null for the first. */
  readonly previousHash: string | null;
  /** The report as JSON, byte for byte. */
  readonly content: string;
}

/** What binds a report to the one before it: SHA-256 of its hash, a line feed and the content. */
export function hashOf(previousHash: string | null, content: string): string {
  return createHash('sha256')
    .update(`${previousHash ?? ''}\n${content}`)
    .digest('hex');
}

/** What a revision is made of, once it is known which one it is. */
export interface Closing {
  readonly month: string;
  readonly timeZone: string;
  readonly reason: string;
  /** Null where nobody asked for it. */
  readonly by: CallerIs | null;
  /** Epoch seconds. */
  readonly at: number;
  /** Null where there is to be none unless there is one already; else the revision that it follows. */
  readonly follows: number | null;
  readonly content: (revision: number, previousHash: string | null) => string;
}

/** Keeps closed reports, chained by their hashes. */
export abstract class ReportArchive {
  /** Without their contents, latest month first, latest revision first. */
  abstract list(): Promise<readonly Omit<ClosedReport, 'content'>[]>;

  /** The latest revision unless one is named; null where there is none. */
  abstract find(month: string, timeZone: string, revision?: number): Promise<ClosedReport | null>;

  /** @returns null when somebody else has closed or revised it meanwhile */
  abstract close(closing: Closing): Promise<ClosedReport | null>;
}
