/** The time of day, so that tests can run a month in a minute. */
export abstract class Clock {
  /** Epoch seconds, with fractions. */
  abstract now(): number;
}
