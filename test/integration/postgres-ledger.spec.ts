import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Lease } from '../../src/ledger/ledger';
import type { Stream } from '../../src/ledger/stream';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresLeases } from '../../src/postgres/postgres-leases';
import { PostgresLedger } from '../../src/postgres/postgres-ledger';
import { migratedDatabase } from '../support/ledger-database';
import {
  LEDGER_START as START,
  amendmentOf,
  appendOf,
  must,
  prependOf,
} from '../support/ledger-writes';
import { type PostgresServer, startPostgres } from '../support/postgres';

const DAY = 86_400;

jest.setTimeout(30_000);

describe('the ledger in PostgreSQL', () => {
  let server: PostgresServer;
  let url: string;
  let pool: Pool;
  let database: Database;
  let ledger: PostgresLedger;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    url = await migratedDatabase(server);
    pool = openPool(url, () => undefined);
    database = new Database(pool);
    ledger = new PostgresLedger(database, 400 * DAY);
  });
  afterEach(() => pool.end());

  it('begins a stream once, however many replicas open it and in whatever order its labels come', async () => {
    const key = { service: 's', name: 'n', revision: 'r', scale: 1n, startsAt: START };
    const groups = [{ a: '1', b: '2' }, { b: '2', a: '1' }, null, { a: '1' }];
    const opened = await Promise.all(
      [1, 2, 3].map(() => ledger.open(groups.map((group) => ({ ...key, group })))),
    );
    const ids = opened.map((streams) => streams.map((stream) => stream.id));
    expect(ids[1]).toEqual(ids[0]);
    expect(ids[2]).toEqual(ids[0]);
    expect(ids[0]?.[0]).toBe(ids[0]?.[1]);
    expect(new Set(ids[0]).size).toBe(3);
    expect(opened[0]?.[2]?.group).toBeNull();
  });

  it('says of each set of revisions how many streams it has and where the last one stands', async () => {
    const began = (revision: string, startsAt: number, group: Record<string, string>) => ({
      ...{ service: 's', name: 'n', scale: 1n },
      ...{ revision, startsAt, group },
    });
    await ledger.open([
      began('r1', START, { a: '1' }),
      began('r1', START + 600, { a: '2' }),
      began('r2', START + 300, { a: '1' }),
      began('r3', START - 300, { a: '1' }),
    ]);
    expect(await ledger.watermarks([['r1', 'r2'], [], ['r2', 'unknown'], ['unknown']])).toEqual([
      { streams: 3, at: START },
      { streams: 0, at: null },
      { streams: 1, at: START + 300 },
      { streams: 0, at: null },
    ]);
  });

  it('refuses to begin off the grid, and steps that no time can have', async () => {
    await expect(
      ledger.open([
        { service: 's', name: 'n', group: null, revision: 'r', scale: 1n, startsAt: 60 },
      ]),
    ).rejects.toThrow('startsAt is 60, allowed: epoch seconds on the five-minute grid');
    const [stream] = await opened(1);
    const lease = await claimed();
    const bad = (good: bigint, at: number) =>
      ledger.append([
        {
          ...appendOf(must(stream), lease, 1),
          steps: [{ at, good, total: 1n, coveredSeconds: 60, flags: [] }],
        },
      ]);
    await expect(bad(2n, START + 60)).rejects.toThrow('2 good of 1');
    await expect(bad(-1n, START + 60)).rejects.toThrow('-1 good of 1');
    await expect(bad(1n, START + 61)).rejects.toThrow('whole minute');
    await expect(bad(1n, START)).rejects.toThrow(`later than ${START}`);
    const append = appendOf(must(stream), lease, 1);
    await expect(ledger.append([append, append])).rejects.toThrow('each stream once');
  });

  it('lets nobody write under a lease that has passed on', async () => {
    const streams = await opened(2);
    const [first, second] = [new PostgresLeases(database), new PostgresLeases(database)];
    const [old] = await first.claim(['unit'], 0);
    const [now] = await second.claim(['unit'], 60);
    const stale = must(old);
    const stream = must(streams[0]);
    expect(must(now).epoch).toBe(stale.epoch + 1n);
    expect(await ledger.append([appendOf(stream, stale, 3)])).toEqual(new Set());
    expect(await ledger.prepend([prependOf(stream, stale, 3)])).toEqual(new Set());
    expect(await ledger.append([appendOf(stream, must(now), 3)])).toEqual(new Set([stream.id]));
    expect(await ledger.amend([amendmentOf(stream, stale)])).toEqual(new Set());
    expect(await ledger.amend([amendmentOf(stream, must(now))])).toEqual(new Set([stream.id]));
  });

  it('writes what it may of a batch and leaves out the rest', async () => {
    const [a, b] = await opened(2);
    const lease = await claimed();
    await ledger.append([appendOf(must(a), lease, 1)]);
    const moved = await ledger.append([appendOf(must(a), lease, 2), appendOf(must(b), lease, 2)]);
    expect(moved).toEqual(new Set([must(b).id]));
  });

  it('keeps a correction with both figures, and does it once', async () => {
    const stream = must((await opened(1))[0]);
    const lease = await claimed();
    const missing = {
      at: START + 60,
      good: 0n,
      total: 0n,
      coveredSeconds: 0,
      flags: ['missing' as const],
    };
    await ledger.append([{ streamId: stream.id, lease, after: START, steps: [missing] }]);
    expect(await ledger.awaitedSteps(START)).toEqual([
      { streamId: stream.id, at: START + 60, flag: 'missing' },
    ]);
    const amendment = {
      streamId: stream.id,
      lease,
      from: START,
      at: START + 60,
      known: { good: 0n, total: 0n, coveredSeconds: 0 },
      difference: { good: 9n, total: 10n, coveredSeconds: 60 },
      flags: ['gap' as const],
      reason: 'the source was back',
    };
    expect(await ledger.amend([amendment])).toEqual(new Set([stream.id]));
    expect(await ledger.amend([amendment])).toEqual(new Set());
    expect(await ledger.awaitedSteps(START)).toEqual([]);
    const audit = await pool.query<object>(
      'select actor, action, subject, before, after from audit',
    );
    expect(audit.rows).toEqual([
      {
        actor: 'collection',
        action: 'amend-step',
        subject: 's/n0',
        before: {
          stream: stream.id,
          from: '2025-11-20T00:00:00.000Z',
          to: '2025-11-20T00:01:00.000Z',
          good: '0',
          total: '0',
          scale: '1',
          coveredSeconds: 0,
        },
        after: {
          stream: stream.id,
          from: '2025-11-20T00:00:00.000Z',
          to: '2025-11-20T00:01:00.000Z',
          good: '9',
          total: '10',
          scale: '1',
          coveredSeconds: 60,
          flags: ['gap'],
          reason: 'the source was back',
        },
      },
    ]);
    const after = must((await ledger.streams(['r']))[0]);
    expect(after.newest).toEqual({ at: START + 60, good: 9n, total: 10n, coveredSeconds: 60 });
    expect(after.lastCoveredAt).toBe(START + 60);
  });

  it('drops no live day that history does not hold', async () => {
    const [ahead, stopped] = await opened(2);
    const lease = await claimed();
    await ledger.append([
      appendOf(must(ahead), lease, 1440 * 9),
      appendOf(must(stopped), lease, 700),
    ]);
    const drop = (before: string) =>
      pool.query<{ n: number }>(`select slowburn_drop_partitions('live_point', $1) as n`, [before]);
    expect((await drop('2025-11-25')).rows).toEqual([{ n: 0 }]);
    await ledger.maintain(START + 9 * DAY);
    expect(await days()).toEqual([
      '20251125',
      '20251126',
      '20251127',
      '20251128',
      '20251129',
      '20251130',
      '20251201',
    ]);
    const [points] = await ledger.pointsAt(await ledger.streams(['r']), [START + 600 * 60 + 120]);
    expect(points?.get(must(ahead).id)?.at).toBe(START + 600 * 60);
    expect(points?.get(must(stopped).id)?.good).toBe(600n * 7n);
  });

  it('forgets whole months past retention, and streams then begin with what is left', async () => {
    const short = new PostgresLedger(database, 40 * DAY);
    const stream = must((await opened(1))[0]);
    const lease = await claimed();
    await short.prepend([prependOf(stream, lease, 100 * 288, 300)]);
    await short.maintain(START + 60);
    const left = must((await short.streams(['r']))[0]);
    expect(new Date(left.oldest.at * 1000).toISOString()).toBe('2025-10-01T00:00:00.000Z');
    expect(left.newest.good - left.oldest.good).toBe(50n * 288n * 7n);
    await short.maintain(START + 60);
    expect(must((await short.streams(['r']))[0])).toEqual(left);
  });

  it('serves a role without any right to change the schema', async () => {
    const role = `runtime_${randomUUID().slice(0, 8)}`;
    const stream = must((await opened(1))[0]);
    const lease = await claimed();
    await server.superuser(`create role ${role}`, `grant ${role} to slowburn`);
    await pool.query(`select slowburn_grant_runtime($1)`, [role]);
    const options = encodeURIComponent(`-c role=${role}`);
    const asRole = openPool(`${url}?options=${options}`, () => undefined);
    const runtime = new PostgresLedger(new Database(asRole), 400 * DAY);
    expect((await runtime.append([appendOf(stream, lease, 1440 * 6)])).size).toBe(1);
    expect((await runtime.prepend([prependOf(stream, lease, 600, 300)])).size).toBe(1);
    await runtime.maintain(START + 6 * DAY);
    await expect(asRole.query('create table mine (x int)')).rejects.toThrow('permission denied');
    await expect(asRole.query('delete from audit')).rejects.toThrow('permission denied');
    await expect(asRole.query('drop table history_day')).rejects.toThrow('must be owner');
    await asRole.end();
  });

  async function opened(count: number): Promise<readonly Stream[]> {
    return ledger.open(
      Array.from({ length: count }, (_, index) => ({
        service: 's',
        name: `n${index}`,
        group: null,
        revision: 'r',
        scale: 1n,
        startsAt: START,
      })),
    );
  }

  async function claimed(): Promise<Lease> {
    return must((await new PostgresLeases(database).claim(['unit'], 600))[0]);
  }

  async function days(): Promise<readonly string[]> {
    const found = await pool.query<{ name: string }>(
      `select right(inhrelid::regclass::text, 8) as name from pg_inherits
       where inhparent = 'live_point'::regclass order by 1`,
    );
    return found.rows.map((row) => row.name);
  }
});
