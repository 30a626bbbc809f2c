import { Logger } from '@nestjs/common';
import { LedgerUnavailable } from '../ledger/ledger';
import { type FailedRound, Rounds, type RoundSettings } from '../outbound/rounds';
import { Trouble } from '../outbound/trouble';
import { type AlertReceiver, ReceiverFailure } from './alert-receiver';
import type { DeliveryStatus } from './delivery-status';
import type { Errand } from './errand';

/**
 * Runs the errand of one receiver, round after round. Each receiver has its own, so that one that is
 * down delays no other.
 */
export class Courier {
  private readonly logger = new Logger('alerting');
  private readonly rounds: Rounds;
  private readonly trouble = new Trouble({
    begins: ({ message }) => {
      this.logger.warn(`${this.receiver.name} was not told of alerts and will be: ${message}`);
    },
    ends: () => {
      this.logger.log(`${this.receiver.name} is told of alerts again`);
    },
  });
  private counts = { delivered: 0, failed: 0 };
  private up: boolean | null = null;

  constructor(
    private readonly receiver: AlertReceiver,
    private readonly errand: Errand,
    settings: RoundSettings,
  ) {
    this.rounds = new Rounds(() => this.attempt(), settings);
  }

  /** There may be something to tell. */
  wake(): void {
    this.rounds.wake();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  status(): DeliveryStatus {
    return { receiver: this.receiver.name, ...this.counts, up: this.up };
  }

  private async attempt(): Promise<FailedRound | null> {
    try {
      await this.errand.run(async (alerts) => {
        await this.receiver.send(alerts).catch((error: unknown) => {
          this.counts.failed += alerts.length;
          this.up = false;
          throw error;
        });
        this.counts.delivered += alerts.length;
        this.up = true;
      });
      this.note(null);
      return null;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (error instanceof ReceiverFailure || error instanceof LedgerUnavailable) {
        this.note(error);
      } else {
        this.logger.error(error.message, error.stack);
      }
      const asked = error instanceof ReceiverFailure ? error.retryAfterSeconds : null;
      return { pauseSeconds: asked ?? 0 };
    }
  }

  private note(error: Error | null): void {
    if (!this.rounds.stopping) this.trouble.note(error);
  }
}
