import type { Slo } from '../src/domain/slo';
import { AcceleratedClock, standingAt } from '../test/support/accelerated-clock';
import type { DemoWorld } from './demo-world';
import type { Question } from './recording-source';
import { type ServiceParts, serviceParts } from './service-parts';

const MINUTE = 60;
/** Ticks fall half a minute after the end of a step; a bit more, so that no tick is at the edge. */
const PAST_THE_MINUTE = 35;

export interface Tick {
  readonly collectMs: number;
  readonly evaluateMs: number;
  readonly pageMs: number;
  /** Judging alerts, which is no part of the three: it depends on how many begin and end. */
  readonly alertsMs: number;
  /** Of all three: how long Prometheus was waited for. */
  readonly sourceMs: number;
  /** Of all three: how long PostgreSQL was waited for. */
  readonly databaseMs: number;
  readonly questions: readonly Question[];
}

export interface TickRun {
  readonly ticks: readonly Tick[];
  /** What the last tick asked. */
  readonly questions: readonly Question[];
  readonly pageBytes: number;
  readonly slos: readonly Slo[];
}

export function wholeMs({ collectMs, evaluateMs, pageMs }: Tick): number {
  return collectMs + evaluateMs + pageMs;
}

/**
 * Live ticks of all SLOs, minute after minute, collect, evaluate, the page that Prometheus
 * scrapes, and alerts apart.
 *
 * @param from the last minute that is in the ledger already, epoch seconds
 */
export async function runTicks(
  world: DemoWorld,
  databaseUrl: string,
  from: number,
  count: number,
): Promise<TickRun> {
  const clock = new AcceleratedClock(standingAt(from, 1));
  const parts = await serviceParts({ env: world.env, databaseUrl, clock });
  try {
    const slos = parts.registry.current().defined.map(({ slo }) => slo);
    const ticks = await passMinutes(parts, clock, from, count);
    const page = await parts.page.text('prometheus');
    const questions = ticks.at(-1)?.questions ?? [];
    return { ticks, questions, pageBytes: Buffer.byteLength(page), slos };
  } finally {
    await parts.close();
  }
}

/**
 * Ticks in a row, each a minute after the one before by the service's clock.
 *
 * @param from the last minute that is in the ledger already, epoch seconds
 * @throws Error when not everything that was due was read
 */
export async function passMinutes(
  parts: ServiceParts,
  clock: AcceleratedClock,
  from: number,
  count: number,
): Promise<readonly Tick[]> {
  const ticks: Tick[] = [];
  for (let k = 1; k <= count; k += 1) {
    clock.follow(standingAt(from + k * MINUTE + PAST_THE_MINUTE, 1));
    ticks.push(await tick(parts, clock.now()));
  }
  const failing = parts.collector.log.failing();
  if (failing.length > 0) throw new Error(`not everything was read: ${JSON.stringify(failing)}`);
  return ticks;
}

/** One minute's work, all of it. */
async function tick(parts: ServiceParts, now: number): Promise<Tick> {
  const { collector, evaluator, alerting, registry, page, asked, database } = parts;
  const slos = registry.current().defined.map(({ slo }) => slo);
  asked.taken();
  asked.busy.taken();
  database.busy.taken();
  const began = performance.now();
  await collector.tick(now);
  const collected = performance.now();
  await evaluator.evaluate(slos, collector.dueEnd(now));
  const evaluated = performance.now();
  await page.text('prometheus');
  const shown = performance.now();
  const [sourceMs, databaseMs] = [asked.busy.taken(), database.busy.taken()];
  await alerting.judge();
  const alertsMs = performance.now() - shown;
  return {
    collectMs: collected - began,
    evaluateMs: evaluated - collected,
    pageMs: shown - evaluated,
    alertsMs,
    sourceMs,
    databaseMs,
    questions: asked.taken(),
  };
}
