import * as fc from 'fast-check';
import type { Pool } from 'pg';
import type { Point } from '../../src/domain/point';
import type { Tally } from '../../src/domain/tally';
import type { Lease } from '../../src/ledger/ledger';
import type { Step } from '../../src/ledger/step';
import type { Stream } from '../../src/ledger/stream';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresLedger } from '../../src/postgres/postgres-ledger';
import { PostgresLeases } from '../../src/postgres/postgres-leases';
import { migratedDatabase } from '../support/ledger-database';
import { LedgerOracle } from '../support/ledger-oracle';
import { type PostgresServer, startPostgres } from '../support/postgres';

const DAY = 86_400;
const CENTURY = 100 * 365 * DAY;

const minutes = fc.oneof(
  { weight: 30, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.integer({ min: 2, max: 30 }) },
  { weight: 1, arbitrary: fc.integer({ min: 31, max: 3000 }) },
);
const gridMinutes = fc.integer({ min: 1, max: 600 }).map((places) => places * 5);
const counts = fc.record({
  good: fc.bigInt(0n, 5000n),
  bad: fc.bigInt(0n, 9n),
  covered: fc.boolean(),
});
const chunk = (places: fc.Arbitrary<number>, most: number) =>
  fc.array(fc.tuple(places, counts), { minLength: 1, maxLength: most, size: 'max' });
const where = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const operations = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('append' as const), steps: chunk(minutes, 300) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('prepend' as const),
        // History comes on the five-minute grid; what lies between would be nobody's point.
        steps: chunk(fc.oneof({ weight: 20, arbitrary: fc.constant(5) }, gridMinutes), 700),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('amend' as const),
        where,
        counts,
        down: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('maintain' as const),
        later: fc.integer({ min: 0, max: 8 * DAY }),
      }),
    },
  ),
  { minLength: 1, maxLength: 9 },
);
type Operation = typeof operations extends fc.Arbitrary<readonly (infer O)[]> ? O : never;

describe('the ledger in PostgreSQL', () => {
  let server: PostgresServer;
  let pool: Pool;
  let ledger: PostgresLedger;
  let lease: Lease;

  beforeAll(async () => {
    server = await startPostgres();
    pool = openPool(await migratedDatabase(server), () => undefined);
    const database = new Database(pool);
    ledger = new PostgresLedger(database, CENTURY);
    const [claimed] = await new PostgresLeases(database).claim(['unit'], 3600);
    if (claimed === undefined) throw new Error('the lease of the test is taken');
    lease = claimed;
  });
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  it('answers as a list of every minute would, whatever was appended, prepended, amended and packed', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        operations,
        fc.array(where, { minLength: 12, maxLength: 12 }),
        async (chosen, places) => {
          run += 1;
          const revision = `oracle ${run}`;
          // Each run lives 90 days after the one before, which then is history for maintenance.
          const startsAt = 1_700_006_400 + run * 90 * DAY + (run % 7) * 36_300;
          await ledger.open([
            { service: 's', name: 'n', group: null, revision, scale: 1n, startsAt },
          ]);
          const oracle = new LedgerOracle(startsAt);
          for (const operation of chosen) {
            await apply(operation, revision, oracle);
            const stream = await streamOf(revision);
            expect(stream.oldest).toEqual(oracle.oldest);
            expect(stream.newest).toEqual(oracle.newest);
            expect(stream.lastCoveredAt).toBe(oracle.lastCoveredAt);
            await compare(stream, oracle, places);
          }
        },
      ),
      { numRuns: Number(process.env['ORACLE_RUNS'] ?? 25), endOnFailure: true },
    );
  }, 600_000);

  async function streamOf(revision: string): Promise<Stream> {
    const [stream] = await ledger.streams([revision]);
    if (stream === undefined) throw new Error(`no stream of ${revision}`);
    return stream;
  }

  async function apply(
    operation: Operation,
    revision: string,
    oracle: LedgerOracle,
  ): Promise<void> {
    const stream = await streamOf(revision);
    const streamId = stream.id;
    if (operation.kind === 'append') {
      const steps = stepsFrom(stream.newest.at, operation.steps);
      const append = { streamId, lease, after: stream.newest.at, steps };
      expect(await ledger.append([append])).toEqual(new Set([streamId]));
      expect(await ledger.append([append])).toEqual(new Set());
      oracle.append(steps);
    } else if (operation.kind === 'prepend') {
      const length = operation.steps.reduce((sum, [places]) => sum + places * 60, 0);
      const from = stream.oldest.at - length;
      const steps = stepsFrom(from, operation.steps);
      const prepend = {
        streamId,
        lease,
        before: stream.backfilledTo,
        readBackTo: from,
        steps,
        stepsFrom: from,
      };
      expect(await ledger.prepend([prepend])).toEqual(new Set([streamId]));
      expect(await ledger.prepend([prepend])).toEqual(new Set());
      oracle.prepend(from, steps);
    } else if (operation.kind === 'amend') {
      const step = oracle.stepNear(operation.where);
      if (step === null) return;
      const target: Tally = operation.down
        ? { good: 0n, total: step.tally.total, coveredSeconds: step.tally.coveredSeconds }
        : tally(operation.counts, step.at - step.from);
      const difference = {
        good: target.good - step.tally.good,
        total: target.total - step.tally.total,
        coveredSeconds: target.coveredSeconds - step.tally.coveredSeconds,
      };
      const amendment = {
        streamId,
        lease,
        from: step.from,
        at: step.at,
        known: step.tally,
        difference,
        flags: [],
        reason: 'read again',
      };
      const isKept = oracle.isKept(step.from) && oracle.isKept(step.at);
      const changed = await ledger.amend([amendment]);
      const changes = isKept && !Object.values(difference).every((count) => Number(count) === 0);
      expect(changed).toEqual(new Set(changes ? [streamId] : []));
      if (changes) oracle.amend(step.at, difference, target);
    } else {
      const now = stream.newest.at + operation.later;
      await ledger.maintain(now);
      oracle.maintain(now);
    }
  }

  async function compare(
    stream: Stream,
    oracle: LedgerOracle,
    places: readonly number[],
  ): Promise<void> {
    const length = oracle.newest.at - oracle.oldest.at;
    const instants = places.map((place, index) => {
      const at = Math.floor(oracle.oldest.at - 900 + place * (length + 1800));
      // Midnights are what packed days begin with.
      const grid = [300, DAY, 1][index % 3] ?? 1;
      return Math.floor(at / grid) * grid;
    });
    const answers = await ledger.pointsAt([stream], instants);
    expect(answers.map((points) => points.get(stream.id))).toEqual(
      instants.map((at) => oracle.pointAt(at)),
    );
    const [a = 0, b = 0] = instants;
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    for (const grid of [60, 300, 3600]) {
      expect(await ledger.series(stream, from, to, grid)).toEqual(oracle.series(from, to, grid));
    }
    const first = Math.floor(from / 300) * 300;
    // Days that were never packed are looked up place by place.
    const last = Math.min(Math.floor(to / 300) * 300, first + 2 * DAY);
    await compareSteps(stream, oracle, first, last);
    const told = await pool.query<{
      at: number;
      good: bigint;
      total: bigint;
      coveredSeconds: bigint;
    }>(
      `select extract(epoch from t)::float8 as at, good, total, covered as "coveredSeconds" from slowburn_history($1)`,
      [stream.id],
    );
    const history = told.rows.map((row): Point => ({
      ...row,
      coveredSeconds: Number(row.coveredSeconds),
    }));
    const packed = new Set(history.map((point) => point.at));
    // What is packed are true points; which days are packed is maintenance's own business.
    expect(history.filter(({ at }) => at >= oracle.oldest.at)).toEqual(
      oracle.gridPoints().filter((point) => packed.has(point.at)),
    );
  }

  async function compareSteps(
    stream: Stream,
    oracle: LedgerOracle,
    from: number,
    to: number,
  ): Promise<void> {
    let reached = from;
    const sum = { good: 0n, bad: 0n, coveredSeconds: 0 };
    await ledger.eachStep([stream], from, to, (streamId, start, end, good, bad, covered) => {
      expect(streamId).toBe(stream.id);
      expect(start).toBeGreaterThanOrEqual(reached);
      expect(end).toBeLessThanOrEqual(to);
      const [before, after] = [oracle.pointAt(start), oracle.pointAt(end)];
      expect([BigInt(good), covered]).toEqual([
        after.good - before.good,
        after.coveredSeconds - before.coveredSeconds,
      ]);
      reached = end;
      sum.good += BigInt(good);
      sum.bad += BigInt(bad);
      sum.coveredSeconds += covered;
    });
    const [first, last] = [oracle.pointAt(from), oracle.pointAt(to)];
    const good = last.good - first.good;
    expect(sum).toEqual({
      good,
      bad: last.total - first.total - good,
      coveredSeconds: last.coveredSeconds - first.coveredSeconds,
    });
  }
});

type Chosen = readonly [places: number, counts: { good: bigint; bad: bigint; covered: boolean }];

function stepsFrom(from: number, chosen: readonly Chosen[]): readonly Step[] {
  let at = from;
  return chosen.map(([places, count]) => {
    at += places * 60;
    return { at, ...tally(count, places * 60), flags: [] };
  });
}

function tally(count: Chosen[1], seconds: number): Tally {
  return {
    good: count.good,
    total: count.good + count.bad,
    coveredSeconds: count.covered ? seconds : 0,
  };
}
