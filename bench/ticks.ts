import type { Slo } from '../src/domain/slo';
import type { DemoWorld } from './demo-world';
import type { Question } from './recording-source';
import { serviceParts } from './service-parts';

export interface Tick {
  readonly collectMs: number;
  readonly evaluateMs: number;
  readonly pageMs: number;
}

export interface TickRun {
  readonly ticks: readonly Tick[];
  /** What the last tick asked. */
  readonly questions: readonly Question[];
  readonly pageBytes: number;
  readonly slos: readonly Slo[];
}

/**
 * Live ticks of all SLOs, minute after minute, in the order of the service: collect, evaluate, and
 * the page that Prometheus scrapes.
 *
 * @param from the last minute that is in the ledger already, epoch seconds
 */
export async function runTicks(
  world: DemoWorld,
  databaseUrl: string,
  from: number,
  count: number,
): Promise<TickRun> {
  let now = from + 35;
  const clock = { now: () => now, realSeconds: (seconds: number) => seconds };
  const parts = await serviceParts({ env: world.env, databaseUrl, clock });
  try {
    const slos = parts.registry.current().defined.map(({ slo }) => slo);
    const ticks: Tick[] = [];
    let questions: readonly Question[] = [];
    let page = '';
    for (let k = 0; k < count; k += 1) {
      now += 60;
      const began = performance.now();
      await parts.collector.tick(now);
      const collected = performance.now();
      await parts.evaluator.evaluate(slos, parts.collector.dueEnd(now));
      const evaluated = performance.now();
      page = await parts.page.text('prometheus');
      ticks.push({
        collectMs: collected - began,
        evaluateMs: evaluated - collected,
        pageMs: performance.now() - evaluated,
      });
      questions = parts.asked.taken();
    }
    const failing = parts.collector.log.failing();
    if (failing.length > 0) throw new Error(`not everything was read: ${JSON.stringify(failing)}`);
    return { ticks, questions, pageBytes: Buffer.byteLength(page), slos };
  } finally {
    await parts.close();
  }
}
