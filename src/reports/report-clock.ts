/** The time, and the last step that has been due. */
export abstract class ReportClock {
  /** Epoch seconds. */
  abstract now(): number;
  /** End of the last step that is due at `now()`, epoch seconds. */
  abstract latest(): number;
}
