import type { Parcel } from './parcel';

/** Somebody who gets closed reports. */
export abstract class ReportTarget {
  abstract readonly name: string;

  /**
   * @param reached who has had it at an earlier attempt
   * @param cut ends it
   * @returns who has it now: all of them
   * @throws NotDelivered
   */
  abstract deliver(
    parcel: Parcel,
    reached: readonly string[],
    cut: AbortSignal,
  ): Promise<readonly string[]>;
}

/** A report did not get there, or not to all. Its message is for whoever may read reports. */
export class NotDelivered extends Error {
  /** Who has it all the same. */
  readonly reached: readonly string[];
  /** Whether another report would fare no better. */
  readonly away: boolean;

  constructor(
    message: string,
    options: {
      readonly reached?: readonly string[];
      readonly away?: boolean;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'NotDelivered';
    this.reached = options.reached ?? [];
    this.away = options.away ?? false;
  }
}
