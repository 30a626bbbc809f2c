/** The time of day, so that tests can run a month in a minute. */
export abstract class Clock {
  /** Epoch seconds, with fractions. */
  abstract now(): number;

  /** How long to wait in real seconds until this much of the clock's time has passed. */
  abstract realSeconds(seconds: number): number;
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now() / 1000;
  }

  realSeconds(seconds: number): number {
    return seconds;
  }
}
