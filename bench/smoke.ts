import { join } from 'node:path';
import { startDemoWorld, type DemoWorld } from './demo-world';
import { latencyOf } from './load';
import { naiveQueries } from './naive';
import { type Measured, report } from './report';
import { ServiceRun } from './service-run';
import { costOf } from './source-cost';
import { median, quantile, slope } from './statistics';
import { runTicks } from './ticks';

const MINUTE = 60;
const ACCELERATED_TICKS = 200;
/** The first ones warm caches up and compile code; memory is judged from here on. */
const SETTLED_AFTER = 50;
const TIMED_TICKS = 30;
/** Minutes of history that the clock is moved on by, and some to spare. */
const AHEAD = ACCELERATED_TICKS + TIMED_TICKS + 20;

const TARGETS = {
  tickMs: 1_000,
  residentMegabytes: 300,
  /** Flat: what 100 ticks may add, which is what a garbage collector leaves behind at times. */
  megabytesPer100Ticks: 10,
  listMedianMs: 20,
};

/** The demo's shape, end to end. @returns false when a target was missed by far */
export async function smoke(): Promise<boolean> {
  console.log('making 30 days of history of the five systems');
  const world = await startDemoWorld('slowburn');
  try {
    const databaseUrl = await world.postgres.database();
    const service = await serviceFigures(world, databaseUrl);
    const ticks = await tickFigures(world, databaseUrl, service.minute);
    const file = join(__dirname, '..', 'results', 'bench-smoke.json');
    return report('The demo’s shape', [...service.measured, ...ticks], file);
  } finally {
    await world.dispose();
  }
}

async function serviceFigures(
  world: DemoWorld,
  databaseUrl: string,
): Promise<{ readonly measured: readonly Measured[]; readonly minute: number }> {
  const started = performance.now();
  const run = await ServiceRun.begin(world, databaseUrl, world.end - AHEAD * MINUTE);
  try {
    console.log('the service reads the history');
    const backfill = await run.backfilled(started);
    console.log(`${ACCELERATED_TICKS} minutes pass`);
    const resident: number[] = [];
    for (let k = 0; k < ACCELERATED_TICKS; k += 1) {
      resident.push((await run.minutePasses()) / 1e6);
    }
    await run.stands();
    const measured = [
      { name: 'SLOs', value: backfill.slos, unit: '' },
      { name: 'streams', value: backfill.streams, unit: '' },
      { name: 'backfill of 30 days, from the start', value: backfill.seconds, unit: 's' },
      { name: 'backfill: queries', value: backfill.queries, unit: '' },
      {
        name: 'backfill: steps of 5 min',
        value: backfill.steps / backfill.seconds,
        unit: '/s',
      },
      ...memory(resident),
      ...(await latencies(run, world.end)),
    ];
    return { measured, minute: run.minute };
  } finally {
    await run.service.stop();
  }
}

function memory(resident: readonly number[]): readonly Measured[] {
  const settled = resident.slice(SETTLED_AFTER);
  const name = (what: string) => `resident over ${ACCELERATED_TICKS} ticks: ${what}`;
  return [
    { name: name('start'), value: resident[0] ?? NaN, unit: 'MB' },
    { name: name('end'), value: resident.at(-1) ?? NaN, unit: 'MB' },
    {
      name: name('most'),
      value: Math.max(...resident),
      unit: 'MB',
      target: TARGETS.residentMegabytes,
    },
    {
      name: name(`rise in 100, after ${SETTLED_AFTER}`),
      value: slope(settled) * 100,
      unit: 'MB',
      target: TARGETS.megabytesPer100Ticks,
    },
  ];
}

async function latencies(run: ServiceRun, end: number): Promise<readonly Measured[]> {
  const past = new Date((end - 10 * 24 * 3_600) * 1000).toISOString();
  const one = '/api/v1/slos/faciliauto/api-errors';
  const asked: readonly (readonly [string, string, number?])[] = [
    ['GET /slos', '/api/v1/slos?limit=1000', TARGETS.listMedianMs],
    ['GET /slos/{id}/budget', `${one}/budget`],
    ['GET /slos/{id}/budget?at= 10 days ago', `${one}/budget?at=${past}`],
    ['GET /slos/{id}/history', `${one}/history`],
    ['GET /metrics', '/metrics'],
  ];
  const measured: Measured[] = [];
  for (const [name, path, target] of asked) {
    console.log(`asking ${path}`);
    const { medianMs, p99Ms, requestsPerSecond } = await latencyOf(run.service.url + path);
    measured.push({
      name: `${name}: median`,
      value: medianMs,
      unit: 'ms',
      note: `p99 ${p99Ms} ms, ${Math.round(requestsPerSecond)} requests a second`,
      ...(target === undefined ? {} : { target }),
    });
  }
  return measured;
}

async function tickFigures(
  world: DemoWorld,
  databaseUrl: string,
  from: number,
): Promise<readonly Measured[]> {
  console.log(`${TIMED_TICKS} ticks, part by part`);
  const { ticks, questions, pageBytes, slos } = await runTicks(
    world,
    databaseUrl,
    from,
    TIMED_TICKS,
  );
  const whole = ticks.map(({ collectMs, evaluateMs, pageMs }) => collectMs + evaluateMs + pageMs);
  const typical = median(whole);
  console.log('the same figures by one query for each SLO and window');
  const ours = await costOf(world.prometheus.url, questions);
  const at = from + TIMED_TICKS * MINUTE;
  const naive = await costOf(
    world.prometheus.url,
    slos.flatMap((slo) => naiveQueries(slo, at)),
  );
  return [
    { name: 'tick: median', value: typical, unit: 'ms', target: TARGETS.tickMs },
    { name: 'tick: worst', value: quantile(whole, 1), unit: 'ms', target: TARGETS.tickMs },
    { name: 'tick: collect, median', value: median(ticks.map((t) => t.collectMs)), unit: 'ms' },
    { name: 'tick: evaluate, median', value: median(ticks.map((t) => t.evaluateMs)), unit: 'ms' },
    {
      name: 'tick: metrics page, median',
      value: median(ticks.map((t) => t.pageMs)),
      unit: 'ms',
      note: `${Math.round(pageBytes / 1000)} kB`,
    },
    { name: 'tick: queries', value: ours.queries, unit: '' },
    { name: 'tick: samples read', value: ours.samples, unit: '' },
    { name: 'naive: queries', value: naive.queries, unit: '' },
    { name: 'naive: seconds', value: naive.seconds, unit: 's' },
    { name: 'naive: samples read', value: naive.samples, unit: '' },
    { name: 'naive / tick: time', value: (naive.seconds * 1000) / typical, unit: 'x' },
    { name: 'naive / tick: samples', value: naive.samples / ours.samples, unit: 'x' },
  ];
}
