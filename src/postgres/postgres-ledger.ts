import {
  type Amendment,
  type Append,
  type CountedSlo,
  Ledger,
  type AwaitedStep,
  type PointsByStream,
  type Prepend,
  type Watermark,
} from '../ledger/ledger';
import type { Point } from '../domain/point';
import { DAY_SECONDS, LIVE_DAYS, dayOf } from '../ledger/grid';
import type { Stream, StreamBeginning } from '../ledger/stream';
import { amendSteps } from './amend-steps';
import { appendSteps } from './append-steps';
import type { Database } from './database';
import { eachStep } from './each-step';
import { maintain } from './maintain';
import { openStreams } from './open-streams';
import { Partitions } from './partitions';
import { pointSeries } from './point-series';
import { pointsAt } from './points-at';
import { prependSteps } from './prepend-steps';
import { RememberedPoints } from './remembered-points';
import { numbers } from './sql-array';
import { awaitedSteps } from './step-flags';
import { StreamReader } from './stream-reader';

const WATERMARKS = `
  select r.place, count(*)::integer, extract(epoch from min(s.newest_at))::float8
  from unnest(string_to_array($1, ','), $2::integer[]) as r(revision, place)
  join stream s on s.revision = r.revision
  group by r.place`;

/** The ledger in PostgreSQL; each of its verbs is a file of this folder. */
export class PostgresLedger extends Ledger {
  private readonly partitions: Partitions;
  private readonly reader: StreamReader;
  private readonly remembered = new RememberedPoints();

  /** @param retentionSeconds how long history is kept; whole months are dropped once past it */
  constructor(
    private readonly database: Database,
    private readonly retentionSeconds: number,
  ) {
    super();
    this.partitions = new Partitions(database);
    this.reader = new StreamReader(database);
  }

  open(beginnings: readonly StreamBeginning[]): Promise<readonly Stream[]> {
    return openStreams(this.database, this.partitions, beginnings);
  }

  async streams(revisions: readonly string[]): Promise<readonly Stream[]> {
    const read = await this.reader.read(revisions);
    this.remembered.notice(read);
    return read;
  }

  async watermarks(sets: readonly (readonly string[])[]): Promise<readonly Watermark[]> {
    const places = sets.flatMap((revisions, place) => revisions.map(() => place));
    const rows = await this.database.rows<[number, number, number]>(WATERMARKS, [
      sets.flat().join(','),
      numbers(places),
    ]);
    const known = new Map(rows.map(([place, streams, at]) => [place, { streams, at }]));
    return sets.map((_, place) => known.get(place) ?? { streams: 0, at: null });
  }

  async earlierStreams(of: readonly CountedSlo[]): Promise<readonly Stream[]> {
    const read = await this.reader.readEarlier(of);
    this.remembered.notice(read);
    return read;
  }

  append(appends: readonly Append[]): Promise<ReadonlySet<number>> {
    return appendSteps(this.database, this.partitions, appends);
  }

  prepend(prepends: readonly Prepend[]): Promise<ReadonlySet<number>> {
    return prependSteps(this.database, this.partitions, prepends);
  }

  amend(amendments: readonly Amendment[]): Promise<ReadonlySet<number>> {
    return amendSteps(this.database, this.partitions, amendments);
  }

  awaitedSteps(since: number): Promise<readonly AwaitedStep[]> {
    return awaitedSteps(this.database, since);
  }

  pointsAt(
    streams: readonly Stream[],
    instants: readonly number[],
  ): Promise<readonly PointsByStream[]> {
    return pointsAt(this.database, streams, instants, this.remembered);
  }

  series(stream: Stream, from: number, to: number, gridSeconds: number): Promise<readonly Point[]> {
    return pointSeries(this.database, stream, from, to, gridSeconds);
  }

  eachStep(
    streams: readonly Stream[],
    from: number,
    to: number,
    visit: Parameters<Ledger['eachStep']>[3],
  ): Promise<void> {
    return eachStep(this.database, streams, from, to, visit);
  }

  async maintain(now: number): Promise<void> {
    await maintain(this.database, this.partitions, now, this.retentionSeconds);
    this.remembered.minutesEndBefore(dayOf(now) - LIVE_DAYS * DAY_SECONDS);
  }
}
