import { SchedulerRegistry } from '@nestjs/schedule';
import { setTimeout as sleep } from 'node:timers/promises';
import { AfterTick, TickLoop } from '../src/collection/tick-loop';
import type { Figures } from '../src/evaluation/figures';
import type { AcceleratedClock } from '../test/support/accelerated-clock';
import type { ServiceParts } from './service-parts';

const MINUTE = 60;

export interface FirstHour {
  /** From the first tick until all history is read. */
  readonly backfillSeconds: number;
  readonly queries: number;
  /** Whole ticks while history was read, the first one, which begins the streams, left out. */
  readonly tickMs: readonly number[];
  readonly firstTickMs: number;
  /** When each window was first known for all SLOs, with what was told then. */
  readonly known: readonly Known[];
  readonly residentMegabytes: number;
}

export interface Known {
  readonly windowSeconds: number;
  readonly seconds: number;
  readonly figures: readonly Figures[];
}

/**
 * The service's own loop from the first tick until all history is read: ticks at their times, history
 * read between them.
 */
export async function firstHour(
  parts: ServiceParts,
  clock: AcceleratedClock,
  isEnough: (parts: ServiceParts) => boolean,
): Promise<FirstHour> {
  const started = performance.now();
  const watch = new Watch(parts, started);
  const settings = {
    intervalSeconds: MINUTE,
    offsetSeconds: parts.config.queryDelaySeconds,
  };
  const { collector, backfiller } = parts;
  const scheduler = new SchedulerRegistry();
  const loop = new TickLoop(scheduler, clock, collector, backfiller, watch, settings);
  let resident = 0;
  loop.start();
  try {
    while (!isEnough(parts)) {
      await sleep(100);
      resident = Math.max(resident, process.memoryUsage().rss);
    }
  } finally {
    await loop.stop();
  }
  const [firstTickMs = NaN, ...tickMs] = watch.tickMs;
  return {
    backfillSeconds: (performance.now() - started) / 1000,
    queries: parts.asked.taken().length,
    tickMs,
    firstTickMs,
    known: watch.known,
    residentMegabytes: resident / 1e6,
  };
}

export function isBackfilled({ backfiller }: ServiceParts): boolean {
  const { done, total } = backfiller.progress;
  return total > 0 && done >= total;
}

/** Does what follows a tick, and keeps what the board said when it first knew something. */
class Watch extends AfterTick {
  readonly tickMs: number[] = [];
  readonly known: Known[] = [];
  private lastTickAt: number | null = null;

  constructor(
    private readonly parts: ServiceParts,
    private readonly started: number,
  ) {
    super();
  }

  async figures(dueEnd: number): Promise<void> {
    const { collector, evaluator, alerting, registry, page, board } = this.parts;
    const began = performance.now();
    await evaluator.evaluate(
      registry.current().defined.map(({ slo }) => slo),
      dueEnd,
    );
    await alerting.judge();
    await page.text('prometheus');
    const { lastTickAt, lastTickSeconds } = collector.log;
    if (lastTickAt !== this.lastTickAt) {
      this.lastTickAt = lastTickAt;
      this.tickMs.push((lastTickSeconds ?? NaN) * 1000 + performance.now() - began);
    }
    this.notice(board.current().figures);
  }

  lists(): Promise<void> {
    return Promise.resolve();
  }

  chores(): Promise<void> {
    return Promise.resolve();
  }

  private notice(figures: readonly Figures[]): void {
    const seconds = (performance.now() - this.started) / 1000;
    for (const { windowSeconds } of figures[0]?.burn ?? []) {
      if (this.known.some((known) => known.windowSeconds === windowSeconds)) continue;
      const isKnown = figures.every((of) => isWhole(of, windowSeconds));
      if (isKnown) this.known.push({ windowSeconds, seconds, figures });
    }
  }
}

/** Covered up to its newest sample: of many services the last minute's scrape is still to come. */
function isWhole({ burn, dataAgeSeconds }: Figures, windowSeconds: number): boolean {
  const awaited = dataAgeSeconds ?? Infinity;
  return burn.some(
    (of) =>
      of.windowSeconds === windowSeconds &&
      Math.round((1 - of.coverageRatio) * windowSeconds) <= awaited,
  );
}
