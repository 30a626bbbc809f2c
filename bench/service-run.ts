import { setTimeout as sleep } from 'node:timers/promises';
import { standingAt } from '../test/support/accelerated-clock';
import { type RunningService, startService } from '../test/support/service';
import type { DemoWorld } from './demo-world';

/** How often a clock that stands still is looked at: one minute of it in real time. */
const TICKS_PER_MINUTE = 600;
/** While history is read, as a service would: but for the first, ticks find nothing to do. */
const QUIET_TICKS_PER_MINUTE = 12;
const ANSWERS_WITHIN_MS = 300_000;
const MINUTE = 60;
/** Ticks fall half a minute after the end of a step; a bit more, so that no tick is at the edge. */
const PAST_THE_MINUTE = 35;

interface Collection {
  readonly slos: number;
  readonly streams: number;
  readonly lagSeconds: number | null;
  readonly backfill: { readonly done: number; readonly total: number };
}

export interface BackfillRun {
  readonly seconds: number;
  readonly queries: number;
  readonly slos: number;
  readonly streams: number;
  /** Steps of all streams; five minutes each, but for the last hours. */
  readonly steps: number;
}

/** The real service in a process of its own, whose clock stands still until it is moved on. */
export class ServiceRun {
  private constructor(
    readonly service: RunningService,
    /** Epoch seconds on the service's clock. */
    private now: number,
  ) {}

  /** @param at a whole minute, epoch seconds */
  static async begin(world: DemoWorld, databaseUrl: string, at: number): Promise<ServiceRun> {
    const now = at + PAST_THE_MINUTE;
    const service = await startService({
      env: { ...world.env, DATABASE_URL: databaseUrl },
      timeLine: standingAt(now, QUIET_TICKS_PER_MINUTE),
    });
    return new ServiceRun(service, now);
  }

  get minute(): number {
    return this.now - PAST_THE_MINUTE;
  }

  /** @param since `performance.now()` at which the service was started */
  async backfilled(since: number): Promise<BackfillRun> {
    const done = await this.until(async () => {
      const answer = await this.service.get('/api/v1/collection');
      // Until the schema is made, it says that the database does not answer.
      if (!answer.ok) return null;
      const told = (await answer.json()) as Collection;
      const { done: read, total } = told.backfill;
      return told.streams > 0 && total > 0 && read >= total ? told : null;
    });
    const seconds = (performance.now() - since) / 1000;
    const metrics = await this.metrics();
    const queries = [...metrics]
      .filter(([name]) => name.startsWith('slowburn_queries_total{'))
      .reduce((total, [, value]) => total + value, 0);
    const { slos, streams, backfill } = done;
    return { seconds, queries, slos, streams, steps: (backfill.total / 300 / slos) * streams };
  }

  /** One minute passes. @returns resident bytes after the tick that followed */
  async minutePasses(): Promise<number> {
    this.now += MINUTE;
    await this.service.follow(standingAt(this.now, TICKS_PER_MINUTE));
    const dueEnd = Math.floor((this.now - 30) / MINUTE) * MINUTE;
    return this.until(async () => {
      const metrics = await this.metrics();
      const evaluated = metrics.get('slowburn_last_evaluation_timestamp_seconds');
      const lag = metrics.get('slowburn_collection_lag_seconds');
      if (evaluated !== dueEnd || lag !== 0) return null;
      return metrics.get('process_resident_memory_bytes') ?? NaN;
    });
  }

  /** From here on it ticks once a minute, as it does in earnest. */
  async stands(): Promise<void> {
    await this.service.follow(standingAt(this.now, 1));
  }

  /** Samples by name and labels as they are written. */
  private async metrics(): Promise<ReadonlyMap<string, number>> {
    const answer = await this.service.get('/metrics');
    const lines = (await answer.text()).split('\n').filter((line) => !line.startsWith('#'));
    return new Map(
      lines.map((line) => {
        const space = line.lastIndexOf(' ');
        return [line.slice(0, space), Number(line.slice(space + 1))];
      }),
    );
  }

  private async until<T>(ask: () => Promise<T | null>): Promise<T> {
    const deadline = Date.now() + ANSWERS_WITHIN_MS;
    for (;;) {
      const answer = await ask();
      if (answer !== null) return answer;
      if (Date.now() > deadline) {
        const log = this.service
          .log()
          .slice(-5)
          .map((line) => JSON.stringify(line));
        throw new Error(`the service did not get there in time; its log: ${log.join('\n')}`);
      }
      await sleep(50);
    }
  }
}
