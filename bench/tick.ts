import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { AcceleratedClock, standingAt, timeLine } from '../test/support/accelerated-clock';
import { Fleet } from './fleet';
import { firstHour, type FirstHour, isBackfilled, type Known } from './first-hour';
import { type FleetWorld, startFleetWorld } from './fleet-world';
import { type Measured, report } from './report';
import { writeHistory } from './history-at-hand';
import { groupedQueries, singleQueries, slothRules } from './rivals';
import { type ServiceParts, serviceParts } from './service-parts';
import { type Cost, costOf } from './source-cost';
import { median, quantile } from './statistics';
import { passMinutes, type Tick, wholeMs } from './ticks';

const MINUTE = 60;
const GRID = 5 * MINUTE;
/** So far back from the first tick, history is read minute by minute. */
const MINUTES_FOR_SECONDS = 2 * 3_600;
const SERVICES = Number(process.env['BENCH_SERVICES'] ?? 1_000);
/** While history is read, minutes pass so many times as fast: as many live ticks at once. */
const HASTE = 10;
/** The first ticks compile code and fill caches. */
const SETTLED_AFTER = 10;
const TICKS_BETWEEN = 15;
const IN_FLIGHT = 8;

const TARGETS = {
  queries: 10,
  sequential: 200,
  inFlight: 150,
  sloth: 100,
  grouped: 50,
  samples: 5_000,
  growth: 1.5,
  backfillRounds: 15,
  burnRatesSeconds: 60,
};

/** A thousand services with an SLO each, and ten SLOs of each, against what others ask. */
export async function tick(): Promise<boolean> {
  const fleet = new Fleet(SERVICES);
  const world = await startFleetWorld(fleet);
  try {
    const single = await singleFigures(world, fleet);
    const isFast = told(`${fleet.size} SLOs, each defined by itself`, 'tick', single.measured);
    const ticks = await groupedFigures(world, fleet);
    const size = 10 * fleet.size;
    const costPerSlo = median(ticks.map(wholeMs)) / size;
    const growth = {
      name: `cost per SLO, ${size} against ${fleet.size}`,
      value: costPerSlo / (median(single.ticks.map(wholeMs)) / fleet.size),
      unit: 'x',
      target: TARGETS.growth,
    };
    const grouped = [...tickLines(`${size} grouped`, ticks), growth];
    return told(`${size} SLOs, ten definitions grouped by job`, 'tick-grouped', grouped) && isFast;
  } finally {
    await world.dispose();
  }
}

function told(title: string, name: string, measured: readonly Measured[]): boolean {
  const load = loadavg()[0] ?? NaN;
  const busy = {
    name: 'load of the machine, last minute',
    value: load,
    unit: '',
    note: `${availableParallelism()} processors`,
  };
  const file = join(__dirname, '..', 'results', `bench-${name}.json`);
  return report(title, [...measured, busy], file);
}

interface SingleFigures {
  readonly measured: readonly Measured[];
  readonly ticks: readonly Tick[];
}

async function singleFigures(world: FleetWorld, fleet: Fleet): Promise<SingleFigures> {
  return withParts(world, fleet, 'single', async (parts, clock) => {
    console.log('the service starts: live ticks, and 30 days are read back');
    clock.follow(timeLine(fleet.start, HASTE, fleet.end));
    const first = await firstHour(parts, clock, isBackfilled);
    const begun = Math.floor(clock.now() / MINUTE) * MINUTE;
    let minute = begun;
    const pass = async (count: number) => {
      const ticks = await passMinutes(parts, clock, minute, count);
      minute += count * MINUTE;
      return ticks;
    };
    console.log('live ticks, and in turn what others ask');
    await pass(SETTLED_AFTER);
    const { url } = world.prometheus;
    const ticks = [...(await pass(TICKS_BETWEEN))];
    const queries = singleQueries(fleet.jobs(), minute);
    const sequential = await costOf(url, queries);
    ticks.push(...(await pass(TICKS_BETWEEN)));
    const inFlight = await costOf(url, queries, IN_FLIGHT);
    ticks.push(...(await pass(TICKS_BETWEEN)));
    const sloth = await costOf(url, slothRules(fleet.jobs(), minute));
    ticks.push(...(await pass(TICKS_BETWEEN)));
    const grouped = await costOf(url, groupedQueries(minute));
    const ours = await costOf(url, ticks.at(-1)?.questions ?? []);
    const measured = [
      ...firstLines(first, fleet, sequential),
      ...tickLines(`${fleet.size} single`, ticks),
      ...rivalLines(median(ticks.map(wholeMs)), ours, { sequential, inFlight, sloth, grouped }),
    ];
    return { measured, ticks };
  });
}

async function groupedFigures(world: FleetWorld, fleet: Fleet): Promise<readonly Tick[]> {
  return withParts(world, fleet, 'grouped', async (parts, clock) => {
    console.log('ten SLOs of each service, grouped');
    const minute = fleet.start + MINUTE;
    await passMinutes(parts, clock, fleet.start, 1);
    await writeHistory(parts);
    await passMinutes(parts, clock, minute, SETTLED_AFTER);
    return passMinutes(parts, clock, minute + SETTLED_AFTER * MINUTE, 2 * TICKS_BETWEEN);
  });
}

async function withParts<T>(
  world: FleetWorld,
  fleet: Fleet,
  definitions: 'single' | 'grouped',
  work: (parts: ServiceParts, clock: AcceleratedClock) => Promise<T>,
): Promise<T> {
  const env = await world.env(definitions);
  const clock = new AcceleratedClock(standingAt(fleet.start, 1));
  const parts = await serviceParts({ env, databaseUrl: env['DATABASE_URL'] ?? '', clock });
  try {
    return await work(parts, clock);
  } finally {
    await parts.close();
  }
}

function firstLines(first: FirstHour, fleet: Fleet, round: Cost): readonly Measured[] {
  const { backfillSeconds, queries, tickMs, firstTickMs, known, residentMegabytes } = first;
  const burn = known.filter(({ windowSeconds }) => windowSeconds < 30 * 86_400);
  return [
    {
      name: 'all burn rates known after',
      value: burn.length === 7 ? Math.max(...burn.map(({ seconds }) => seconds)) : NaN,
      unit: 's',
      target: TARGETS.burnRatesSeconds,
    },
    ...known.map((each) => ({
      name: `figures of ${each.windowSeconds} s that differ from the truth`,
      value: wrong(each, fleet),
      unit: '',
      target: 0,
      note: `known after ${each.seconds.toFixed(1)} s`,
    })),
    { name: 'first tick', value: firstTickMs, unit: 'ms', note: 'streams are begun' },
    { name: 'tick while history is read: median', value: median(tickMs), unit: 'ms' },
    { name: 'tick while history is read: worst', value: quantile(tickMs, 1), unit: 'ms' },
    { name: 'backfill of 30 days', value: backfillSeconds, unit: 's' },
    { name: 'backfill: queries, with those of the ticks', value: queries, unit: '' },
    {
      name: 'backfill / round of single queries',
      value: backfillSeconds / round.seconds,
      unit: 'x',
      target: TARGETS.backfillRounds,
    },
    { name: 'resident while history is read: most', value: residentMegabytes, unit: 'MB' },
  ];
}

/**
 * How many SLOs were told anything but what the scrapes saw. Where history is read by five minutes, a
 * window begins with the five minutes that its start lies in, so it can be covered as a whole while
 * the last minute's scrape is still awaited.
 */
function wrong({ windowSeconds, figures }: Known, fleet: Fleet): number {
  const jobs = fleet.jobs();
  return figures.filter(({ slo, burn, dataAgeSeconds }) => {
    const told = burn.find((each) => each.windowSeconds === windowSeconds);
    if (told === undefined) return true;
    const { from } = told.span;
    const to = told.span.to - (dataAgeSeconds ?? 0);
    const begins = from < fleet.start - MINUTES_FOR_SECONDS ? Math.floor(from / GRID) * GRID : from;
    const { total, bad } = fleet.events(jobs.indexOf(slo.service), { from: begins, to });
    return told.events.total !== BigInt(total) || told.events.good !== BigInt(total - bad);
  }).length;
}

function tickLines(which: string, ticks: readonly Tick[]): readonly Measured[] {
  const ms = (what: string, of: (tick: Tick) => number): Measured => ({
    name: `tick of ${which}: ${what}`,
    value: median(ticks.map(of)),
    unit: 'ms',
  });
  const most = Math.max(...ticks.map(({ questions }) => questions.length));
  return [
    ms(`median of ${ticks.length}`, wholeMs),
    { ...ms('worst', wholeMs), value: quantile(ticks.map(wholeMs), 1) },
    ms('collect', (tick) => tick.collectMs),
    ms('evaluate', (tick) => tick.evaluateMs),
    ms('metrics page', (tick) => tick.pageMs),
    ms('judging alerts, apart', (tick) => tick.alertsMs),
    ms('waiting for Prometheus', (tick) => tick.sourceMs),
    ms('waiting for PostgreSQL', (tick) => tick.databaseMs),
    {
      name: `tick of ${which}: queries`,
      value: median(ticks.map(({ questions }) => questions.length)),
      unit: '',
      target: TARGETS.queries,
      note: `most ${most}`,
    },
  ];
}

interface Rivals {
  readonly sequential: Cost;
  readonly inFlight: Cost;
  readonly sloth: Cost;
  readonly grouped: Cost;
}

function rivalLines(tickMs: number, ours: Cost, rivals: Rivals): readonly Measured[] {
  const { sequential, inFlight, sloth, grouped } = rivals;
  const times = (name: string, seconds: number, atLeast: number): readonly Measured[] => [
    { name, value: seconds, unit: 's' },
    { name: `${name} / tick`, value: (seconds * 1000) / tickMs, unit: 'x', atLeast },
  ];
  return [
    { name: 'samples read: tick', value: ours.samples, unit: '' },
    { name: 'samples read: single queries', value: sequential.samples, unit: '' },
    { name: 'samples read: Sloth’s rules', value: sloth.samples, unit: '' },
    { name: 'samples read: grouped windows', value: grouped.samples, unit: '' },
    {
      name: 'samples read: single queries / tick',
      value: sequential.samples / ours.samples,
      unit: 'x',
      atLeast: TARGETS.samples,
    },
    ...times('single queries, one by one', sequential.seconds, TARGETS.sequential),
    ...times(`single queries, ${IN_FLIGHT} at once`, inFlight.seconds, TARGETS.inFlight),
    ...times('Sloth’s rules, evaluation alone', sloth.evaluationSeconds, TARGETS.sloth),
    ...times('grouped windows', grouped.seconds, TARGETS.grouped),
  ];
}
