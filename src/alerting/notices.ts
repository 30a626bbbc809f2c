/** A piece of news about an alert: it began, or it is over. */
export interface Notice {
  readonly alertId: string;
  readonly state: 'firing' | 'resolved';
}

/** What webhooks have been told, kept for all replicas: each piece of news is told by one of them. */
export abstract class Notices {
  /**
   * Keeps a webhook for this replica, or goes on keeping it.
   *
   * @param seconds how long, of real time, unless it is let go or kept anew
   * @param now epoch seconds, for one that is new: it is told what is open now, and what comes
   * @returns since when it is told, epoch seconds: whatever was over by then is no news; null while
   *   another replica keeps it
   */
  abstract hold(webhook: string, seconds: number, now: number): Promise<number | null>;

  abstract release(webhook: string): Promise<void>;

  abstract noted(webhook: string): Promise<readonly Notice[]>;

  abstract note(webhook: string, notices: readonly Notice[]): Promise<void>;

  /** It has been told of all that was over by an instant, which need not be remembered one by one. */
  abstract settle(webhook: string, before: number): Promise<void>;
}
