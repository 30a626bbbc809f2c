import { Logger } from '@nestjs/common';
import { Collecting } from '../support/collecting';
import { type Fleet, type FleetPlan, simulateFleet, truthWithin } from '../support/counting-truth';
import { type RunningEngine, startEngine } from '../support/engine';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { slo } from '../support/slo';

const HOUR = 3_600;
const HOURS = 14;
/** A whole hour some hours ago, so that nothing of it lies ahead of the server's clock. */
const from = Math.floor(Date.now() / 1000 / HOUR) * HOUR - (HOURS + 2) * HOUR;
/** Before the last scrapes, since a step is final only once a sample has passed its end. */
const end = from + HOURS * HOUR - 600;

const calm: FleetPlan = {
  seed: 1,
  from,
  hours: HOURS,
  pods: 6,
  scrapeSeconds: 15,
  restartsPerHour: 0,
  failedScrapeOneIn: null,
  rolloutSeconds: null,
  gap: null,
  lateFrom: null,
  errorShare: 0.001,
};

const gap = [from + 9 * HOUR + 11 * 60, from + 9 * HOUR + 31 * 60] as const;

const PLANS: readonly (readonly [string, FleetPlan])[] = [
  ['without restarts', calm],
  [
    'with a failed scrape in 200, end markers written',
    { ...calm, seed: 2, failedScrapeOneIn: 200 },
  ],
  ['with pods replaced every 2 h', { ...calm, seed: 3, rolloutSeconds: 7_200 }],
  [
    'with a restart per pod and hour, births, a late pod, a 20-minute gap and failed scrapes',
    {
      ...calm,
      seed: 4,
      restartsPerHour: 1,
      failedScrapeOneIn: 200,
      gap,
      lateFrom: from + 5 * HOUR + 123,
    },
  ],
  [
    'with all of it more often: restarts, replaced pods, a failed scrape in 30 and a gap',
    { ...calm, seed: 5, restartsPerHour: 2, rolloutSeconds: 5_000, failedScrapeOneIn: 30, gap },
  ],
];

describe.each(PLANS)('a fleet %s', (_name, plan) => {
  const errors = slo();
  let postgres: PostgresServer;
  let engine: RunningEngine;
  let fleet: Fleet;
  let live: Collecting;
  let backfilled: Collecting;
  const begins = from + HOUR;

  beforeAll(async () => {
    Logger.overrideLogger(['error', 'warn']);
    fleet = simulateFleet(plan);
    [postgres, engine] = await Promise.all([startPostgres(), startEngine()]);
    await engine.write(fleet.series);
    live = new Collecting(await migratedDatabase(postgres), engine.url, [errors], 15);
    await live.tickAt(begins + 30);
    await live.tickAt(end + 30);
    backfilled = new Collecting(await migratedDatabase(postgres), engine.url, [errors], 15);
    await backfilled.tickAt(end + 30);
    await backfilled.backfillAt(end + 30);
  }, 300_000);

  afterAll(async () => {
    await Promise.all([live.close(), backfilled.close()]);
    await engine.dispose();
    await postgres.stop();
  });

  it.each(['live', 'backfilled'] as const)('is counted as it was scraped, %s', async (how) => {
    const truth = truthWithin(fleet.truth, begins, end);
    const counted = await (how === 'live' ? live : backfilled).events(errors, begins, end);
    const bad = Number(counted.total - counted.good);
    expect(truth.bad).toBeGreaterThan(1_000);
    expect({ total: Number(counted.total), bad }).toEqual(truth);
  });

  it('is the same to the last event, live and backfilled, where both use the same step', async () => {
    const since = end - 2 * HOUR;
    for (let at = since; at < end; at += 300) {
      expect([at, await backfilled.events(errors, at, at + 300)]).toEqual([
        at,
        await live.events(errors, at, at + 300),
      ]);
    }
  });

  it('is covered throughout, a bridged gap included', async () => {
    expect((await live.events(errors, begins, end)).coveredSeconds).toBe(end - begins);
    expect((await backfilled.events(errors, begins, end)).coveredSeconds).toBe(end - begins);
  });
});
