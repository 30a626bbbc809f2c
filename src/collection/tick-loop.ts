import { Logger } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import { LedgerUnavailable } from '../ledger/ledger';
import type { Backfiller } from './backfiller';
import type { Clock } from './clock';
import type { Collector } from './collector';
import { floorTo } from './steps';

/** What follows when points may have changed; plugged in by the application. */
export abstract class AfterTick {
  /** @param dueEnd end of the last step that was due at the last tick, epoch seconds */
  abstract run(dueEnd: number): Promise<void>;
}

export interface TickSettings {
  readonly intervalSeconds: number;
  /** Ticks fall this long after a multiple of the interval, when a step has just become due. */
  readonly offsetSeconds: number;
}

const TICK = 'collection-tick';

/**
 * Ticks at the interval, one at a time, and backfills between ticks. A stop waits for the step that
 * is being written.
 */
export class TickLoop {
  private readonly logger = new Logger('collection');
  private stopping = false;
  private ticking: Promise<void> = Promise.resolve();
  private backfilling: Promise<void> | null = null;
  private following: Promise<void> = Promise.resolve();
  private collectedTo = -Infinity;

  constructor(
    private readonly scheduler: SchedulerRegistry,
    private readonly clock: Clock,
    private readonly collector: Collector,
    private readonly backfiller: Backfiller,
    private readonly afterTick: AfterTick,
    private readonly settings: TickSettings,
  ) {}

  start(): void {
    this.schedule(0);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.scheduler.doesExist('timeout', TICK)) this.scheduler.deleteTimeout(TICK);
    await this.ticking;
    await this.backfilling;
    await this.collector.release().catch((error: unknown) => {
      this.logger.warn(
        `leases were not given back: ${messageOf(error)}; they expire by themselves`,
      );
    });
  }

  /** Makes again what follows a tick, for the step that the last one collected: something else changed. */
  async again(): Promise<void> {
    if (this.collectedTo > -Infinity && !this.stopping) await this.follow();
  }

  private schedule(delaySeconds: number): void {
    const timeout = setTimeout(() => {
      this.scheduler.deleteTimeout(TICK);
      const now = this.clock.now();
      this.ticking = this.tick(now).then((more) => {
        if (!this.stopping) this.schedule(more ? 0 : this.secondsAfter(now));
      });
    }, delaySeconds * 1000);
    this.scheduler.addTimeout(TICK, timeout);
  }

  /**
   * Until the tick that comes after the one of that instant. Timers go off a little early too: counted from
   * now on, such a tick, or one that took until its successor's time, would leave that one out.
   */
  private secondsAfter(tickedAt: number): number {
    const { intervalSeconds, offsetSeconds } = this.settings;
    const next = floorTo(tickedAt - offsetSeconds, intervalSeconds) + intervalSeconds;
    const wait = next + offsetSeconds - this.clock.now();
    // A clock that was set back must not stop the ticks until it is there again.
    return this.clock.realSeconds(Math.min(Math.max(0, wait), intervalSeconds));
  }

  /** @returns whether the next tick has to follow at once */
  private async tick(now: number): Promise<boolean> {
    let more = false;
    await this.guarded(async () => {
      more = await this.collector.tick(now);
      this.backfiller.forgetFailures();
    });
    this.collectedTo = this.collector.dueEnd(now);
    await this.follow();
    this.backfilling ??= this.backfill().finally(() => {
      this.backfilling = null;
    });
    return more;
  }

  private async backfill(): Promise<void> {
    while (!this.stopping && (await this.backfillRound())) await this.follow();
  }

  /** @returns whether anything was read, so that there may be more */
  private async backfillRound(): Promise<boolean> {
    let more = false;
    await this.guarded(async () => {
      more = await this.backfiller.round(this.clock.now(), () => this.stopping);
    });
    return more;
  }

  /** One at a time, and never ahead of what a tick has collected: that minute would seem to be empty. */
  private follow(): Promise<void> {
    this.following = this.following.then(() =>
      this.guarded(() => this.afterTick.run(this.collectedTo)),
    );
    return this.following;
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof LedgerUnavailable) this.logger.warn(error.message);
      else this.logger.error(messageOf(error), error instanceof Error ? error.stack : undefined);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
