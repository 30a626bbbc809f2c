import { Logger } from '@nestjs/common';
import { Collecting } from '../test/support/collecting';
import { type FleetPlan, simulateFleet, truthWithin } from '../test/support/counting-truth';
import { migratedDatabase } from '../test/support/ledger-database';
import { type PostgresServer, startPostgres } from '../test/support/postgres';
import { startPrometheus } from '../test/support/prometheus';
import { remoteWriteSideBySide } from '../test/support/remote-write';
import { slo } from '../test/support/slo';
import { type Counted, increaseSummed, offBy, ratioAveraged } from './increase';
import { accuracyTable, type AccuracyRow } from './accuracy-table';

const HOUR = 3_600;
const HOURS = 24;
const SEEDS = [1, 2, 3, 4];

interface Scenario {
  readonly name: string;
  readonly over: Partial<FleetPlan>;
}

const SCENARIOS: readonly Scenario[] = [
  { name: 'no restarts', over: {} },
  { name: 'a restart per pod and hour', over: { restartsPerHour: 1 } },
  { name: 'the same, errors ten times rarer', over: { restartsPerHour: 1, errorShare: 0.0001 } },
];

/** How far each way of counting is from what the scrapes saw, as a table for the README. */
export async function counting(): Promise<boolean> {
  Logger.overrideLogger(['error', 'warn']);
  const postgres = await startPostgres();
  try {
    const rows: AccuracyRow[] = [];
    for (const scenario of SCENARIOS) {
      for (const seed of SEEDS) rows.push(...(await countedOnce(postgres, scenario, seed)));
      console.log(`counted: ${scenario.name}`);
    }
    console.log(`\n${accuracyTable(rows)}`);
    return true;
  } finally {
    await postgres.stop();
  }
}

async function countedOnce(
  postgres: PostgresServer,
  { name, over }: Scenario,
  seed: number,
): Promise<readonly AccuracyRow[]> {
  const from = Math.floor(Date.now() / 1000 / HOUR) * HOUR - (HOURS + 2) * HOUR;
  const fleet = simulateFleet({
    seed,
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
    ...over,
  });
  const prometheus = await startPrometheus();
  try {
    await remoteWriteSideBySide(prometheus.url, fleet.series);
    const span = { from: from + HOUR, to: from + HOURS * HOUR - 600 };
    const ways: readonly (readonly [string, () => Promise<Counted>])[] = [
      ['sum of `increase()`, 1 min slots', () => increaseSummed(prometheus.url, span, 60)],
      ['sum of `increase()`, 5 min slots', () => increaseSummed(prometheus.url, span, 300)],
      ['Slowburn, live, 60 s steps', () => slowburn(postgres, prometheus.url, span, 'live')],
      ['Slowburn, backfilled', () => slowburn(postgres, prometheus.url, span, 'backfilled')],
    ];
    const truth = truthWithin(fleet.truth, span.from, span.to);
    const rows: AccuracyRow[] = [];
    for (const [way, count] of ways) {
      rows.push({ scenario: name, way, ...offBy(await count(), truth) });
    }
    const ratio = await ratioAveraged(prometheus.url, span, 300);
    rows.push({ scenario: name, way: 'mean of 5 min error ratios', ...ratioOff(ratio, truth) });
    return rows;
  } finally {
    await prometheus.dispose();
  }
}

/** A ratio says nothing of totals: what it says of bad events is compared. */
function ratioOff(ratio: number, truth: { total: number; bad: number }) {
  return { badRatio: ratio / (truth.bad / truth.total) - 1, totalRatio: null };
}

async function slowburn(
  postgres: PostgresServer,
  prometheusUrl: string,
  { from, to }: { readonly from: number; readonly to: number },
  how: 'live' | 'backfilled',
): Promise<Counted> {
  const errors = slo();
  const collecting = new Collecting(await migratedDatabase(postgres), prometheusUrl, [errors], 15);
  try {
    if (how === 'live') await collecting.tickAt(from + 30);
    await collecting.tickAt(to + 30);
    if (how === 'backfilled') await collecting.backfillAt(to + 30);
    const { good, total } = await collecting.events(errors, from, to);
    return { total: Number(total), bad: Number(total - good) };
  } finally {
    await collecting.close();
  }
}
