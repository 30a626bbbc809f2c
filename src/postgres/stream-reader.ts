import type { Point } from '../domain/point';
import type { CountedSlo } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { bigints, column, type ColumnBytes, instants, integers } from './columns';
import type { Session } from './database';
import { numbers } from './sql-array';
import { STREAM_COLUMNS, type StreamRow, toStream } from './stream-rows';

const MOVING = [
  's.id',
  's.corrections',
  's.oldest_at',
  's.oldest_good',
  's.oldest_total',
  's.oldest_covered',
  's.newest_at',
  's.newest_good',
  's.newest_total',
  's.newest_covered',
  's.backfilled_to',
  's.last_covered_at',
].map(column);

type MovingRow = readonly [
  id: ColumnBytes,
  corrections: ColumnBytes,
  oldestAt: ColumnBytes,
  oldestGood: ColumnBytes,
  oldestTotal: ColumnBytes,
  oldestCovered: ColumnBytes,
  newestAt: ColumnBytes,
  newestGood: ColumnBytes,
  newestTotal: ColumnBytes,
  newestCovered: ColumnBytes,
  backfilledTo: ColumnBytes,
  lastCoveredAt: ColumnBytes,
];

/**
 * Reads streams every tick: what of a stream moves, as columns, and once in this process what does
 * not. A rename counts as a correction, after which that is read again. Both ends of a stream come from one statement.
 */
export class StreamReader {
  private readonly known = new Map<number, Stream>();

  constructor(private readonly session: Session) {}

  /** All streams of these revisions, by ascending id. */
  async read(revisions: readonly string[]): Promise<readonly Stream[]> {
    return this.found("stream s where s.revision = any(string_to_array($1, ','))", [
      revisions.join(','),
    ]);
  }

  /** All streams of these SLOs but those of the revision that is named, by ascending id. */
  async readEarlier(of: readonly CountedSlo[]): Promise<readonly Stream[]> {
    return this.found(
      `stream s join unnest($1::text[], $2::text[], $3::text[]) as a(service, name, revision)
         on s.service = a.service and s.name = a.name and s.revision <> a.revision`,
      [
        of.map(({ service }) => service),
        of.map(({ name }) => name),
        of.map(({ revision }) => revision),
      ],
    );
  }

  private async found(from: string, values: readonly unknown[]): Promise<readonly Stream[]> {
    const [row] = await this.session.rows<MovingRow>(
      `select ${MOVING.join(', ')} from ${from}`,
      values,
    );
    if (row === undefined) return [];
    const moving = decoded(row);
    await this.learn(moving);
    const read: Stream[] = [];
    moving.id.forEach((id, k) => {
      const known = this.known.get(id);
      // Nobody deletes streams; one that went between two statements is left out.
      if (known === undefined) return;
      const stream = streamAt(moving, k, known);
      this.known.set(id, stream);
      read.push(stream);
    });
    return read.sort((a, b) => a.id - b.id);
  }

  /** Service, name, group, revision and scale of streams that were never met, or were corrected. */
  private async learn({ id: ids, corrections }: Moving): Promise<void> {
    const strange = ids.filter((id, k) => this.known.get(id)?.corrections !== corrections[k]);
    if (strange.length === 0) return;
    const rows = await this.session.rows<StreamRow>(
      `select ${STREAM_COLUMNS} from stream s where s.id = any($1::integer[])`,
      [numbers(strange)],
    );
    for (const row of rows) this.known.set(row[0], toStream(row));
  }
}

function decoded(row: MovingRow) {
  return {
    id: integers(row[0]),
    corrections: integers(row[1]),
    oldestAt: instants(row[2]),
    oldestGood: bigints(row[3]),
    oldestTotal: bigints(row[4]),
    oldestCovered: integers(row[5]),
    newestAt: instants(row[6]),
    newestGood: bigints(row[7]),
    newestTotal: bigints(row[8]),
    newestCovered: integers(row[9]),
    backfilledTo: instants(row[10]),
    lastCoveredAt: instants(row[11]),
  };
}

type Moving = ReturnType<typeof decoded>;

function streamAt(moving: Moving, k: number, known: Stream): Stream {
  const lastCoveredAt = moving.lastCoveredAt[k] ?? NaN;
  return {
    id: known.id,
    service: known.service,
    name: known.name,
    group: known.group,
    revision: known.revision,
    scale: known.scale,
    oldest: {
      at: moving.oldestAt[k] ?? NaN,
      good: moving.oldestGood[k] ?? 0n,
      total: moving.oldestTotal[k] ?? 0n,
      coveredSeconds: moving.oldestCovered[k] ?? 0,
    } satisfies Point,
    newest: {
      at: moving.newestAt[k] ?? NaN,
      good: moving.newestGood[k] ?? 0n,
      total: moving.newestTotal[k] ?? 0n,
      coveredSeconds: moving.newestCovered[k] ?? 0,
    } satisfies Point,
    backfilledTo: moving.backfilledTo[k] ?? NaN,
    lastCoveredAt: Number.isNaN(lastCoveredAt) ? null : lastCoveredAt,
    corrections: moving.corrections[k] ?? 0,
  };
}
