/** The time, and the last step that has been due, for answers about now. */
export abstract class Present {
  /** Epoch seconds. */
  abstract now(): number;
  /** End of the last step that is due at `now()`, epoch seconds. */
  abstract latest(): number;
}
