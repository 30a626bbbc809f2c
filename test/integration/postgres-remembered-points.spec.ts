import * as fc from 'fast-check';
import type { Pool } from 'pg';
import type { Lease } from '../../src/ledger/ledger';
import type { Stream } from '../../src/ledger/stream';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresLeases } from '../../src/postgres/postgres-leases';
import { PostgresLedger } from '../../src/postgres/postgres-ledger';
import { migratedDatabase } from '../support/ledger-database';
import { appendOf, LEDGER_START as START, must, prependOf } from '../support/ledger-writes';
import { type PostgresServer, startPostgres } from '../support/postgres';

const DAY = 86_400;
const MINUTE = 60;
/** Enough for whole minutes to be read, and remembered. */
const STREAMS = 260;
const SECONDS_BACK = [5, 7, 30, 61, 120, 300].map((minutes) => minutes * MINUTE);

jest.setTimeout(120_000);

const writes = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('append' as const), minutes: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('amend' as const), back: fc.integer({ min: 0, max: 200 }) }),
    fc.record({ kind: fc.constant('prepend' as const), places: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ kind: fc.constant('maintain' as const), days: fc.integer({ min: 0, max: 1 }) }),
  ),
  { minLength: 6, maxLength: 14 },
);
type Write = typeof writes extends fc.Arbitrary<readonly (infer W)[]> ? W : never;

describe('points that are remembered', () => {
  let server: PostgresServer;
  let pools: Pool[];
  let database: Database;
  let lease: Lease;
  let revision = '';
  let amended = 0;

  beforeAll(async () => {
    server = await startPostgres();
    const url = await migratedDatabase(server);
    pools = [openPool(url, () => undefined), openPool(url, () => undefined)];
    database = new Database(must(pools[0]));
    lease = must((await new PostgresLeases(database).claim(['unit'], 3_600))[0]);
  });
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await server.stop();
  });

  it('are what a ledger that remembers nothing reads, whatever another replica writes', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(writes, async (chosen) => {
        revision = `remembered ${(run += 1)}`;
        const writer = new PostgresLedger(database, 400 * DAY);
        const replica = new PostgresLedger(new Database(must(pools[1])), 400 * DAY);
        const begun = await writer.open(
          Array.from({ length: STREAMS }, (_, k) => ({
            service: 's',
            name: `n${k}`,
            group: null,
            revision,
            scale: 1n,
            startsAt: START,
          })),
        );
        await writer.append(begun.map((stream) => appendOf(stream, lease, 130)));
        await sameAsFresh(writer, replica);
        for (const write of chosen) {
          await apply(writer, write);
          await sameAsFresh(writer, replica);
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
    expect(amended).toBeGreaterThan(10);
  });

  async function apply(ledger: PostgresLedger, write: Write): Promise<void> {
    const streams = await ledger.streams([revision]);
    if (write.kind === 'append') {
      await ledger.append(streams.map((stream) => appendOf(stream, lease, write.minutes)));
    } else if (write.kind === 'prepend') {
      await ledger.prepend(
        streams.slice(0, 255).map((stream) => prependOf(stream, lease, write.places, 300)),
      );
    } else if (write.kind === 'maintain') {
      await ledger.maintain(must(streams[0]).newest.at + write.days * DAY);
    } else {
      const amendments = streams.slice(0, 3).map((stream) => oneLess(stream, write.back));
      amended += (await ledger.amend(amendments)).size;
    }
  }

  /** A second less was seen in a step of a minute that was written live; once in each step. */
  function oneLess(stream: Stream, back: number) {
    const minutes = (stream.newest.at - START) / MINUTE;
    const at = stream.newest.at - (back % minutes) * MINUTE;
    return {
      streamId: stream.id,
      lease,
      from: at - MINUTE,
      at,
      known: { good: 7n, total: 8n, coveredSeconds: MINUTE },
      difference: { good: 0n, total: 0n, coveredSeconds: -1 },
      flags: [],
      reason: 'read again',
    };
  }

  async function sameAsFresh(...remembering: readonly PostgresLedger[]): Promise<void> {
    const fresh = new PostgresLedger(database, 400 * DAY);
    const expected = await told(fresh);
    for (const ledger of remembering) expect(await told(ledger)).toEqual(expected);
  }

  async function told(ledger: PostgresLedger) {
    const streams = await ledger.streams([revision]);
    const { at } = must(streams[0]).newest;
    const instants = [at, ...SECONDS_BACK.map((seconds) => at - seconds)];
    const points = await ledger.pointsAt(streams, instants);
    // As the edges of exclusions are: many instants of few streams.
    const few = streams.slice(0, 2);
    const grid = Math.floor(at / 300) * 300;
    const edges = Array.from({ length: 60 }, (_, k) => grid - (k - 1) * 300);
    const atEdges = await ledger.pointsAt(few, edges);
    return {
      streams,
      points: points.map((found) => streams.map(({ id }) => found.get(id))),
      edges: atEdges.map((found) => few.map(({ id }) => found.get(id))),
    };
  }
});
