import { Logger } from '@nestjs/common';
import { LedgerUnavailable } from '../../ledger/ledger';
import { type FailedRound, Rounds, type RoundSettings } from '../../outbound/rounds';
import { Trouble } from '../../outbound/trouble';
import type { Delivered, Delivering } from './delivering';
import type { ReportDeliveryStatus } from './report-delivery-status';
import { NotDelivered } from './report-target';

/** Delivers to one target, round after round; one that is down delays no other. */
export class ReportCourier {
  private readonly logger = new Logger('reports');
  private readonly rounds: Rounds;
  private readonly trouble = new Trouble({
    begins: (error) => {
      this.tell(error);
    },
    ends: () => {
      this.logger.log(`reports are delivered to ${this.target} again`);
    },
  });
  private counts = { delivered: 0, failed: 0, pending: 0 };
  private up: boolean | null = null;

  constructor(
    readonly target: string,
    private readonly delivering: Delivering,
    settings: RoundSettings,
  ) {
    this.rounds = new Rounds(() => this.attempt(), settings);
  }

  /** There may be something to deliver. */
  wake(): void {
    this.rounds.wake();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  status(): ReportDeliveryStatus {
    return { target: this.target, ...this.counts, up: this.up };
  }

  private async attempt(): Promise<FailedRound | null> {
    try {
      const came = await this.delivering.round(() => this.rounds.stopping);
      this.count(came);
      const [failure] = came.failures;
      this.note(failure === undefined ? null : failure.error);
      return failure === undefined ? null : { pauseSeconds: 0 };
    } catch (thrown) {
      this.note(thrown instanceof Error ? thrown : new Error(String(thrown)));
      return { pauseSeconds: 0 };
    }
  }

  private count({ delivered, failures, pending }: Delivered): void {
    this.counts = {
      delivered: this.counts.delivered + delivered.length,
      failed: this.counts.failed + failures.length,
      pending,
    };
    if (delivered.length + failures.length > 0) this.up = failures.length === 0;
    for (const { month, timeZone, revision, hash } of delivered) {
      const which = `${month} (${timeZone}) as revision ${revision}, ${hash.slice(0, 12)}`;
      this.logger.log(`${which}, is delivered to ${this.target}`);
    }
  }

  private note(error: Error | null): void {
    if (!this.rounds.stopping) this.trouble.note(error);
  }

  private tell(error: Error): void {
    if (error instanceof NotDelivered || error instanceof LedgerUnavailable) {
      const { message } = error;
      this.logger.warn(`a report was not delivered to ${this.target} and will be: ${message}`);
    } else this.logger.error(error.message, error.stack);
  }
}
