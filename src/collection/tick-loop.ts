import { Logger } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import pLimit from 'p-limit';
import { LedgerUnavailable } from '../ledger/ledger';
import type { Backfiller } from './backfiller';
import type { Clock } from './clock';
import type { Collector } from './collector';
import { floorTo } from '../ledger/grid';

/**
 * What follows when points may have changed; plugged in by the application.
 *
 * Each is given the end of the last step that was due at the last tick, in epoch seconds, and looks between its
 * steps at whether a stop is waiting for it.
 */
export abstract class AfterTick {
  /** Figures, and whoever is told of them. */
  abstract figures(dueEnd: number, stopped: () => boolean): Promise<void>;

  /** Of these, what people look at. */
  abstract lists(dueEnd: number, stopped: () => boolean): Promise<void>;

  /** What may take longer, beside lists that people wait for. */
  abstract chores(dueEnd: number, stopped: () => boolean): Promise<void>;
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
  /** One at a time, and never ahead of what a tick has collected: that minute would seem to be empty. */
  private readonly figures = pLimit(1);
  private readonly chores = pLimit(1);
  /** What is to be made again and has not begun. */
  private renewing: Promise<void> | null = null;
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
    await Promise.all([this.figures(nothing), this.chores(nothing)]);
    await this.collector.release().catch((error: unknown) => {
      this.logger.warn(
        `leases were not given back: ${messageOf(error)}; they expire by themselves`,
      );
    });
  }

  /**
   * Makes the lists again, of the step that the last tick collected: something else changed. Whoever asks before they
   * have begun gets the same ones.
   */
  async again(): Promise<void> {
    if (this.collectedTo === -Infinity || this.stopping) return;
    this.renewing ??= this.figures(async () => {
      this.renewing = null;
      await this.made('lists');
    });
    await this.renewing;
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

  /** Chores rely on what the figures wrote down. */
  private async follow(): Promise<void> {
    if (await this.figures(() => this.made('figures'))) {
      await this.chores(() => this.made('chores'));
    }
  }

  /** @returns whether they were made */
  private async made(what: 'figures' | 'lists' | 'chores'): Promise<boolean> {
    if (this.stopping) return false;
    return this.guarded(() => this.afterTick[what](this.collectedTo, () => this.stopping));
  }

  /** @returns whether it did not fail */
  private async guarded(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (error instanceof LedgerUnavailable) this.logger.warn(error.message);
      else this.logger.error(messageOf(error), error instanceof Error ? error.stack : undefined);
      return false;
    }
  }
}

const nothing = (): void => undefined;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
