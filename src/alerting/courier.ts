import { Logger } from '@nestjs/common';
import { LedgerUnavailable } from '../ledger/ledger';
import { type AlertReceiver, ReceiverFailure } from './alert-receiver';
import type { DeliveryStatus } from './delivery-status';
import type { Errand } from './errand';

export interface CourierSettings {
  /** Between two runs when nothing wakes it, in real seconds. */
  readonly everySeconds: number;
  /** Between two attempts, however often they failed, in real seconds. */
  readonly longestPauseSeconds: number;
}

const FIRST_PAUSE_SECONDS = 1;

/**
 * Runs the errand of one receiver: when it is woken, every so often, and after a failure again with
 * growing pauses. Each receiver has its own, so that one that is down delays no other.
 */
export class Courier {
  private readonly logger = new Logger('alerting');
  private running: Promise<void> | null = null;
  private stopping = false;
  /** How often it was woken. */
  private wakes = 0;
  private wakeUp: (() => void) | null = null;
  private trouble: string | null = null;
  private counts = { delivered: 0, failed: 0 };
  private up: boolean | null = null;

  constructor(
    private readonly receiver: AlertReceiver,
    private readonly errand: Errand,
    private readonly settings: CourierSettings,
  ) {}

  /** There may be something to tell. It pauses all the same while its receiver fails. */
  wake(): void {
    this.wakes += 1;
    if (this.trouble === null) this.wakeUp?.();
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp?.();
    await this.running;
  }

  status(): DeliveryStatus {
    return { receiver: this.receiver.name, ...this.counts, up: this.up };
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping;) {
      const wakes = this.wakes;
      const failure = await this.attempt();
      failures = failure === null ? 0 : failures + 1;
      if (failure !== null) await this.sleep(this.pauseSeconds(failures, failure));
      else if (this.wakes === wakes) await this.sleep(this.settings.everySeconds);
    }
  }

  /** @returns why it failed */
  private async attempt(): Promise<Error | null> {
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
      this.noteTrouble(null);
      return null;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (error instanceof ReceiverFailure || error instanceof LedgerUnavailable) {
        this.noteTrouble(error.message);
      } else {
        this.logger.error(error.message, error.stack);
      }
      return error;
    }
  }

  /** Said when it begins, changes and ends, not with each attempt. */
  private noteTrouble(trouble: string | null): void {
    if (trouble === this.trouble || this.stopping) return;
    this.trouble = trouble;
    const { name } = this.receiver;
    if (trouble === null) this.logger.log(`${name} is told of alerts again`);
    else this.logger.warn(`${name} was not told of alerts and will be: ${trouble}`);
  }

  /** Full jitter: receivers that fell over together are not told together. */
  private pauseSeconds(failures: number, failure: Error): number {
    const { longestPauseSeconds } = this.settings;
    const asked = failure instanceof ReceiverFailure ? (failure.retryAfterSeconds ?? 0) : 0;
    const grown = FIRST_PAUSE_SECONDS * 2 ** Math.min(failures - 1, 20) * (0.5 + Math.random() / 2);
    return Math.min(longestPauseSeconds, Math.max(asked, grown));
  }

  private sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.stopping) {
        resolve();
        return;
      }
      const timer = setTimeout(() => this.wakeUp?.(), seconds * 1000);
      this.wakeUp = () => {
        this.wakeUp = null;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
