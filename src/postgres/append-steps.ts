import type { Append } from '../ledger/ledger';
import { column, type ColumnBytes, integers } from './columns';
import type { Database } from './database';
import { HELD_UNITS, leaseColumns } from './held-units';
import type { Partitions } from './partitions';
import { numbers } from './sql-array';
import { flagText } from './step-flags';
import { refuseBadSteps, refuseRepeated } from './step-rules';

/**
 * Writes a batch in one statement, which is one transaction and one round trip: it moves the streams
 * whose newest point is where the writer believed and whose lease has not passed on, and writes the
 * steps that lead up to the counts that came out. A writer that comes second waits for the stream's
 * row, looks at its newest point again, and leaves it alone.
 *
 * Locking the rows first would write each twice. Nothing stands behind a stream's newest point, so
 * plain inserts do; as upserts they would take half as long again.
 */
export async function appendSteps(
  database: Database,
  partitions: Partitions,
  appends: readonly Append[],
): Promise<ReadonlySet<number>> {
  const writing = appends.filter((append) => append.steps.length > 0);
  if (writing.length === 0) return new Set();
  refuseRepeated(writing.map((append) => append.streamId));
  for (const append of writing) refuseBadSteps(append.streamId, append.after, append.steps);
  const columns = columnsOf(writing);
  const rows = await partitions.during(
    async () => {
      await partitions.ensure('live_point', columns.points.at);
      await partitions.ensure('step_flag', columns.flags.at);
    },
    () => database.rows<[ColumnBytes]>(APPEND, parameters(writing, columns)),
  );
  return new Set(integers(rows[0]?.[0] ?? null));
}

const APPEND = `
  with held as materialized (${HELD_UNITS}),
  asked as (
    select * from unnest($3::integer[], $4::integer[], $5::float8[], $6::float8[], $7::bigint[],
      $8::bigint[], $9::integer[], $10::float8[])
      as a(id, place, after, ends, good, total, covered, last_covered)
    order by id
  ),
  moved as (
    update stream s set
      newest_at = to_timestamp(a.ends),
      newest_good = s.newest_good + a.good,
      newest_total = s.newest_total + a.total,
      newest_covered = s.newest_covered + a.covered,
      last_covered_at = coalesce(to_timestamp(a.last_covered), s.last_covered_at)
    from asked a join held on held.place = a.place
    where s.id = a.id and s.newest_at = to_timestamp(a.after)
    returning s.id, s.newest_good, s.newest_total, s.newest_covered
  ),
  points as (
    insert into live_point (t, stream_id, covered, good, total)
    select to_timestamp(p.at), m.id, m.newest_covered - p.covered, m.newest_good - p.good,
      m.newest_total - p.total
    from unnest($11::integer[], $12::float8[], $13::bigint[], $14::bigint[], $15::integer[])
      as p(id, at, good, total, covered)
    join moved m on m.id = p.id
  ),
  flagged as (
    insert into step_flag (t, stream_id, flags)
    select to_timestamp(f.at), m.id, string_to_array(f.flags, ',')
    from unnest($16::integer[], $17::float8[], $18::text[]) as f(id, at, flags)
    join moved m on m.id = f.id
  )
  select ${column('id')} from moved`;

/**
 * Column by column. A stream's sums are added to what SQL holds; a point's counts are those of the
 * steps behind it, taken off what comes out.
 */
interface Columns {
  readonly sums: Record<'good' | 'total', bigint[]> & { covered: number[]; ends: number[] };
  readonly lastCovered: (number | null)[];
  readonly points: Record<'good' | 'total', bigint[]> & Record<'id' | 'at' | 'covered', number[]>;
  readonly flags: Record<'id' | 'at', number[]> & { texts: string[] };
}

function columnsOf(appends: readonly Append[]): Columns {
  const columns: Columns = {
    sums: { good: [], total: [], covered: [], ends: [] },
    lastCovered: [],
    points: { id: [], at: [], good: [], total: [], covered: [] },
    flags: { id: [], at: [], texts: [] },
  };
  for (const append of appends) addAppend(columns, append);
  return columns;
}

function addAppend({ sums, lastCovered, points, flags }: Columns, append: Append): void {
  const { streamId, steps } = append;
  let [good, total, covered] = [0n, 0n, 0];
  let covering: number | null = null;
  for (const step of [...steps].reverse()) {
    points.id.push(streamId);
    points.at.push(step.at);
    points.good.push(good);
    points.total.push(total);
    points.covered.push(covered);
    good += step.good;
    total += step.total;
    covered += step.coveredSeconds;
    if (step.coveredSeconds > 0) covering ??= step.at;
    if (step.flags.length > 0) {
      flags.id.push(streamId);
      flags.at.push(step.at);
      flags.texts.push(flagText(step.flags));
    }
  }
  sums.good.push(good);
  sums.total.push(total);
  sums.covered.push(covered);
  sums.ends.push(steps.at(-1)?.at ?? append.after);
  lastCovered.push(covering);
}

function parameters(appends: readonly Append[], columns: Columns): readonly unknown[] {
  const leases = leaseColumns(appends);
  const { sums, points, flags } = columns;
  return [
    leases.units,
    leases.epochs,
    numbers(appends.map((append) => append.streamId)),
    numbers(leases.places),
    numbers(appends.map((append) => append.after)),
    numbers(sums.ends),
    numbers(sums.good),
    numbers(sums.total),
    numbers(sums.covered),
    numbers(columns.lastCovered),
    numbers(points.id),
    numbers(points.at),
    numbers(points.good),
    numbers(points.total),
    numbers(points.covered),
    numbers(flags.id),
    numbers(flags.at),
    flags.texts,
  ];
}
