import type { SentAlert } from './alert-receiver';

/** Tells a receiver. @throws ReceiverFailure */
export type Tell = (alerts: readonly SentAlert[]) => Promise<void>;

/** What there is to tell a receiver; how often it runs is not its matter. */
export interface Errand {
  /** Tells all there is to tell now; after a failure it is run again. */
  run(tell: Tell): Promise<void>;
}
