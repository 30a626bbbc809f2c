/** How hard a data source may be asked, and how patiently. */
export interface SourceLimits {
  /** For one call with all its tries, counted from when its turn comes; sent along as `timeout`. */
  readonly deadlineSeconds: number;
  /** Of one answer, unpacked. */
  readonly maxAnswerBytes: number;
  /** Requests under way at once to one source; servers allow 20 by default, for all who ask. */
  readonly maxConcurrent: number;
  readonly maxTries: number;
  /** Upper bound of the first pause between tries; it doubles with each. */
  readonly firstPauseSeconds: number;
}

export const DEFAULT_LIMITS: SourceLimits = {
  deadlineSeconds: 25,
  maxAnswerBytes: 64 * 1024 * 1024,
  maxConcurrent: 4,
  maxTries: 3,
  firstPauseSeconds: 0.5,
};
