import type { Pool } from 'pg';
import type { Lease } from '../../src/ledger/ledger';
import type { Step } from '../../src/ledger/step';
import type { Stream } from '../../src/ledger/stream';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresLeases } from '../../src/postgres/postgres-leases';
import { PostgresLedger } from '../../src/postgres/postgres-ledger';
import { migratedDatabase } from '../support/ledger-database';
import { must } from '../support/ledger-writes';
import { type PostgresServer, startPostgres } from '../support/postgres';

const GRID = 300;
const HOUR = 3_600;
const DAY = 86_400;
/** A midnight. */
const START = 20_000 * DAY;

jest.setTimeout(60_000);

describe('gaps in the ledger', () => {
  let server: PostgresServer;
  let pool: Pool;
  let ledger: PostgresLedger;
  let lease: Lease;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    pool = openPool(await migratedDatabase(server), () => undefined);
    const database = new Database(pool);
    ledger = new PostgresLedger(database, 400 * DAY);
    lease = must((await new PostgresLeases(database).claim(['unit'], 3_600))[0]);
    await ledger.open([
      { service: 's', name: 'n', group: null, revision: 'r', scale: 1n, startsAt: START },
    ]);
  });
  afterEach(() => pool.end());

  const stream = async (): Promise<Stream> => must((await ledger.streams(['r']))[0]);
  const append = async (...ends: readonly number[]) => {
    const { id, newest } = await stream();
    await ledger.append([{ streamId: id, lease, after: newest.at, steps: ends.map(ten) }]);
  };
  const totalOf = async (from: number, to: number) => {
    const seen: [start: number, end: number, total: bigint][] = [];
    await ledger.eachStep([await stream()], from, to, (_, start, end, good, bad) => {
      seen.push([start, end, BigInt(good) + BigInt(bad)]);
    });
    return seen;
  };

  it('loses no step of a day that was read back after the next day had been packed', async () => {
    await append(...everyGrid(START, START + DAY + HOUR));
    await ledger.maintain(START + DAY + HOUR);
    const { id, backfilledTo } = await stream();
    const from = START - HOUR;
    const steps = everyGrid(from, START).map(ten);
    await ledger.prepend([
      { streamId: id, lease, before: backfilledTo, readBackTo: from, steps, stepsFrom: from },
    ]);
    const seen = await totalOf(from, START + DAY + HOUR);
    expect(seen.map(([start]) => start)).toEqual([
      ...everyGrid(from - GRID, START + DAY + HOUR - GRID),
    ]);
    expect(seen.every(([, , total]) => total === 10n)).toBe(true);
  });

  it('tells what a gap over the beginning ends with, whether it is packed or not', async () => {
    await append(START + GRID, START + DAY + HOUR, START + DAY + HOUR + GRID);
    const expected = [
      [START + DAY, START + DAY + HOUR, 10n],
      [START + DAY + HOUR, START + DAY + HOUR + GRID, 10n],
    ];
    expect(await totalOf(START + DAY, START + 2 * DAY)).toEqual(expected);
    await append(START + 2 * DAY + HOUR);
    await ledger.maintain(START + 3 * DAY);
    expect(await totalOf(START + DAY, START + 2 * DAY)).toEqual(expected);
  });

  it('answers a midnight in a gap with the last point before, though no replica ran for days', async () => {
    await append(...everyGrid(START, START + DAY + HOUR));
    await ledger.maintain(START + DAY + HOUR);
    await append(START + 2 * DAY, START + 2 * DAY + HOUR);
    await append(START + 9 * DAY + HOUR);
    const instants = [START + DAY, START + 2 * DAY, START + 9 * DAY, START + 9 * DAY + 7 * GRID];
    const { id } = await stream();
    const told = async () =>
      (await ledger.pointsAt([await stream()], instants)).map((points) => points.get(id)?.at);
    const expected = [START + DAY, START + 2 * DAY, START + 2 * DAY + HOUR, START + 2 * DAY + HOUR];
    expect(await told()).toEqual(expected);
    await ledger.maintain(START + 16 * DAY);
    expect(await told()).toEqual(expected);
  });
});

function ten(at: number): Step {
  return { at, good: 10n, total: 10n, coveredSeconds: 60, flags: [] };
}

/** Places of the grid in (from, to]. */
function everyGrid(from: number, to: number): readonly number[] {
  return Array.from({ length: (to - from) / GRID }, (_, k) => from + (k + 1) * GRID);
}
