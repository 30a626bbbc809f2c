import { nextPiece } from '../collection/backfill-plan';
import { refuseUnknownBucket } from '../collection/bucket-check';
import { type CounterSource, groupKey } from '../collection/counter-reader';
import { lastFinalStep } from '../collection/finality';
import { groupsWithin } from '../collection/groups';
import { HistoryReader, type Reader } from '../collection/history-reader';
import { SourceFailure } from '../collection/series-source';
import { scaleOf } from '../collection/sli-reader';
import { groupSteps, type SliReading } from '../collection/sli-reading';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import { LIVE_STEP_SECONDS, stepCount, type Steps } from '../collection/steps';
import { DAY_SECONDS } from '../domain/duration';
import type { Group, Slo } from '../domain/slo';
import type { Step } from '../ledger/step';

/** What one group of an SLO counted: adjoining steps, ascending; the first begins at `from`. */
export interface GroupHistory {
  readonly group: Group;
  readonly from: number;
  readonly steps: readonly Step[];
}

export interface SloHistory {
  readonly scale: bigint;
  /** End of the last step that will not change any more. */
  readonly to: number;
  readonly groups: readonly GroupHistory[];
  /** How many groups there are, of which only the first are read. */
  readonly groupCount: number;
}

export interface HistoryWanted {
  /** Epoch seconds on the five-minute grid. */
  readonly from: number;
  /** End of the last step that is due. */
  readonly due: number;
  readonly now: number;
  readonly mostGroups: number;
  /** Told of steps of the way: how many more there are to go, or that one is done. */
  readonly onProgress: (piece: 'found' | 'read') => void;
}

/**
 * Reads what backfill and the live steps would have written, and keeps it in memory: the same pieces,
 * counted by the same readers, so that the figures are those of the ledger to the last digit.
 *
 * @throws SourceFailure, ThresholdNotABucket, NotCountable
 */
export async function readHistory(
  at: CounterSource,
  slo: Slo,
  wanted: HistoryWanted,
): Promise<SloHistory> {
  const { from, now, due, mostGroups, onProgress } = wanted;
  await refuseUnknownBucket(at, slo, now);
  const [scale, to] = await Promise.all([scaleOf(at, slo, now), lastFinalStep(at, slo, due, now)]);
  const pieces = piecesOf(from, to, now);
  const readings = await Promise.all(
    pieces.map(async (piece) => {
      onProgress('found');
      const read = await readPiece(at, { slo, scale }, piece, now);
      onProgress('read');
      return read;
    }),
  );
  const ascending = readings.flat().sort((a, b) => a.steps.from - b.steps.from);
  const groups = await groupsOf(at, slo, ascending, from, now);
  const shown = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, mostGroups);
  const histories = await Promise.all(
    shown.map(([key, group]) => groupHistory(at, slo, ascending, key, group, from)),
  );
  return { scale, to, groups: histories, groupCount: groups.size };
}

/** Newest first: the minutes since the grid, then as backfill goes back. */
function piecesOf(target: number, to: number, now: number): readonly Steps[] {
  const grid = floorTo(to, GRID_SECONDS);
  const pieces: Steps[] = [];
  if (to > grid) pieces.push({ from: grid, to, stepSeconds: LIVE_STEP_SECONDS });
  for (let before = grid; ;) {
    const piece = nextPiece(before, target, now);
    if (piece === null) return pieces;
    pieces.push(piece);
    before = piece.from;
  }
}

/** A piece that the source finds too large is read day by day. */
async function readPiece(
  at: CounterSource,
  reader: Reader,
  piece: Steps,
  now: number,
): Promise<readonly SliReading[]> {
  try {
    return [await read(at, reader, piece, now)];
  } catch (error) {
    const tooMuch = error instanceof SourceFailure && error.kind === 'too_much';
    if (!tooMuch || piece.to - piece.from <= DAY_SECONDS) throw error;
    const readings: SliReading[] = [];
    for (let from = piece.from; from < piece.to;) {
      const to = Math.min(piece.to, floorTo(from, DAY_SECONDS) + DAY_SECONDS);
      readings.push(await read(at, reader, { ...piece, from, to }, now));
      from = to;
    }
    return readings;
  }
}

async function read(
  at: CounterSource,
  reader: Reader,
  piece: Steps,
  now: number,
): Promise<SliReading> {
  const history = await HistoryReader.ask(at, [reader.slo], piece, now);
  return history.read(reader);
}

/** By key; the one group of an SLO without groups is null. */
async function groupsOf(
  at: CounterSource,
  slo: Slo,
  readings: readonly SliReading[],
  from: number,
  now: number,
): Promise<ReadonlyMap<string, Group>> {
  if (slo.groupBy.length === 0) return new Map([[groupKey([], {}), null]]);
  const read = readings.flatMap(({ groups }) =>
    [...groups].map(([key, { labels }]) => [key, labels] as const),
  );
  return new Map([...(await groupsWithin(at, slo, from, now)), ...read]);
}

/** A group begins with its first series, which only the source's index knows of where none counts. */
async function groupHistory(
  at: CounterSource,
  slo: Slo,
  readings: readonly SliReading[],
  key: string,
  group: Group,
  from: number,
): Promise<GroupHistory> {
  const steps = readings.flatMap((reading) => groupSteps(reading, reading.groups.get(key)));
  const start = group === null ? from : await beginning(at, slo, readings, key, from);
  return { group, from: start, steps: steps.filter((step) => step.at > start) };
}

async function beginning(
  at: CounterSource,
  slo: Slo,
  readings: readonly SliReading[],
  key: string,
  from: number,
): Promise<number> {
  // Going back as backfill does, until neither this piece nor any older one has the group.
  for (const reading of readings.toReversed()) {
    const { steps } = reading;
    const firstSeen = reading.groups.get(key)?.firstSeen ?? Infinity;
    if (firstSeen === 0) continue;
    if ((await groupsWithin(at, slo, from, steps.from)).has(key)) continue;
    return steps.from + Math.min(firstSeen, stepCount(steps)) * steps.stepSeconds;
  }
  return from;
}
