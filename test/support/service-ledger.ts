import { setTimeout as sleep } from 'node:timers/promises';
import type { Point } from '../../src/domain/point';
import type { Stream } from '../../src/ledger/stream';
import { MIGRATIONS } from '../../src/postgres/data-source';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresLedger } from '../../src/postgres/postgres-ledger';

const GRID_SECONDS = 300;
const RETENTION_SECONDS = 400 * 86_400;

/** A service's ledger, read beside it. */
export class ServiceLedger {
  private readonly pool;
  private readonly database: Database;
  private readonly ledger: PostgresLedger;

  constructor(url: string) {
    this.pool = openPool(url, () => undefined);
    this.database = new Database(this.pool);
    this.ledger = new PostgresLedger(this.database, RETENTION_SECONDS);
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  rows<Row extends readonly unknown[]>(sql: string): Promise<Row[]> {
    return this.database.rows<Row>(sql);
  }

  /** All streams; none while there is no schema, or only the first of its migrations. */
  async streams(): Promise<readonly Stream[]> {
    const [found] = await this.rows<[string | null]>(`select to_regclass('stream')::text`);
    if (found?.[0] == null) return [];
    const [migrated] = await this.rows<[number]>('select count(*)::integer from migrations');
    if (migrated?.[0] !== MIGRATIONS.length) return [];
    const revisions = await this.rows<[string]>('select distinct revision from stream');
    return this.ledger.streams(revisions.map(([revision]) => revision));
  }

  /** Every stream as text: its ends, and what every five minutes and all of them together brought. */
  async told(from: number, to: number): Promise<Readonly<Record<string, LedgerText>>> {
    const texts: Record<string, LedgerText> = {};
    for (const stream of await this.streams()) {
      const points = await this.ledger.series(stream, from, to, GRID_SECONDS);
      texts[nameOf(stream)] = { total: difference(points[0], points.at(-1)), steps: steps(points) };
    }
    return Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export interface LedgerText {
  /** From the first point to the last: `good/total in covered s`. */
  readonly total: string;
  /** The same of every five minutes, with the instant at which they end. */
  readonly steps: readonly string[];
}

/** Asks until the answer is right; fails by saying what it was last. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T> | T,
  right: (answer: T) => boolean,
  withinMs = 90_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (right(answer)) return answer;
    if (Date.now() > deadline) {
      throw new Error(`not within ${withinMs} ms: ${what}; last: ${inspectable(answer)}`);
    }
    await sleep(50);
  }
}

function steps(points: readonly Point[]): readonly string[] {
  return points
    .slice(1)
    .map(
      (point, k) => `${new Date(point.at * 1000).toISOString()} ${difference(points[k], point)}`,
    );
}

function difference(a: Point | undefined, b: Point | undefined): string {
  if (a === undefined || b === undefined) return 'nothing';
  return `${b.good - a.good}/${b.total - a.total} in ${b.coveredSeconds - a.coveredSeconds} s`;
}

function nameOf({ service, name, group }: Stream): string {
  return `${service}/${name}${group === null ? '' : JSON.stringify(group)}`;
}

function inspectable(answer: unknown): string {
  return JSON.stringify(answer, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  ).slice(0, 2_000);
}
