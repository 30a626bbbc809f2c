import { Clock } from '../../src/collection/clock';

/** A time line that several processes share, also one that starts again after a kill. */
export interface TimeLine {
  /** Epoch seconds that the clock showed… */
  readonly from: number;
  /** …when the machine's clock showed this, in epoch seconds. */
  readonly startedAt: number;
  /** Seconds of the time line in a real one. */
  readonly speed: number;
  /** The clock stands still from here on. */
  readonly until: number;
}

/** Begins now: at `from`, this many times as fast as the world, up to `until`. */
export function timeLine(from: number, speed: number, until: number): TimeLine {
  return { from, startedAt: Date.now() / 1000, speed, until };
}

/** Stands still; the service goes on ticking `speed` times as fast as it would. */
export function standingAt(at: number, speed: number): TimeLine {
  return timeLine(at, speed, at);
}

export class AcceleratedClock extends Clock {
  constructor(private line: TimeLine) {
    super();
  }

  /** From now on the clock follows another time line: a jump, or a step back. */
  follow(line: TimeLine): void {
    this.line = line;
  }

  now(): number {
    const { from, startedAt, speed, until } = this.line;
    return Math.min(until, from + (Date.now() / 1000 - startedAt) * speed);
  }

  realSeconds(seconds: number): number {
    return seconds / this.line.speed;
  }
}
