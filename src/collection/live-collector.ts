import type { Append, Lease, Ledger } from '../ledger/ledger';
import type { Step } from '../ledger/step';
import type { Stream, StreamBeginning } from '../ledger/stream';
import { isReadFromSamples } from '../promql/live-plan';
import { refuseUnknownBucket } from './bucket-check';
import { type CounterSource, groupKey } from './counter-reader';
import { lastFinalStep } from './finality';
import { groupsWithin, MOST_GROUPS, TooManyGroups } from './groups';
import type { Labels } from './series-source';
import { groupSteps, type GroupReading, type SliReading } from './sli-reading';
import { readSilence, withSilence } from './silence';
import { readSli, scaleOf } from './sli-reader';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import { LIVE_STEP_SECONDS } from './steps';
import { historyStart, type Unit } from './unit';

/** What has queries of its own catches up with twelve hours in one read. */
const MOST_STEPS_AT_ONCE = 720;
/** What is read from raw samples is so again after the steps that needed a closer look. */
const MOST_CAREFUL_STEPS = 15;

/** The steps of a unit that follow its newest points, ready to be written. */
export interface LiveSteps {
  readonly appends: readonly Append[];
  /** Whether more is due than was read. */
  readonly unfinished: boolean;
  /** Complaint that does not keep the rest from being counted. */
  readonly complaint: Error | null;
}

export interface Due {
  /** End of the last step that is due. */
  readonly end: number;
  readonly now: number;
}

/**
 * What a unit's streams are to begin as: on the five-minute grid before now, from where backfill goes
 * back while live steps go on. None when a grouped SLO has no groups yet.
 */
export async function beginningsOf(
  at: CounterSource,
  unit: Unit,
  due: Due,
): Promise<readonly StreamBeginning[]> {
  const startsAt = floorTo(due.end, GRID_SECONDS);
  const { slo } = unit;
  await refuseUnknownBucket(at, slo, due.now);
  const groups =
    slo.groupBy.length === 0
      ? [null]
      : [...(await groupsWithin(at, slo, historyStart(slo, due.now), due.now)).values()];
  if (groups.length === 0) return [];
  const scale = await scaleOf(at, slo, due.now);
  return groups.slice(0, MOST_GROUPS).map((group) => ({ ...keyOf(unit, group), scale, startsAt }));
}

/** Reads what is due after the streams' newest points; begins streams for groups never seen before. */
export async function readDue(
  at: CounterSource,
  ledger: Ledger,
  unit: Unit,
  streams: readonly Stream[],
  lease: Lease,
  due: Due,
): Promise<LiveSteps> {
  const from = Math.min(
    ...streams.map(({ newest }) => newest.at),
    streams.length === 0 ? floorTo(due.end, GRID_SECONDS) : Infinity,
  );
  if (from >= due.end) return { appends: [], unfinished: false, complaint: null };
  const end = await lastFinalStep(at, unit.slo, due.end, due.now);
  const most = isReadFromSamples(unit.slo) ? MOST_CAREFUL_STEPS : MOST_STEPS_AT_ONCE;
  const to = Math.min(end, from + most * LIVE_STEP_SECONDS);
  if (to <= from) return { appends: [], unfinished: false, complaint: null };
  const steps = { from, to, stepSeconds: LIVE_STEP_SECONDS };
  const lastCoveredAt = latest(streams.map((stream) => stream.lastCoveredAt));
  const scale = streams[0]?.scale ?? (await scaleOf(at, unit.slo, due.now));
  const [counted, silence] = await Promise.all([
    readSli(at, unit.slo, steps, scale, lastCoveredAt),
    readSilence(at, unit.slo, steps),
  ]);
  const reading = withSilence(counted, silence);
  const { begun, complaint } = await beginNewGroups(ledger, unit, streams, reading, scale, lease);
  return {
    appends: appendsOf(unit, [...streams, ...begun], reading, lease),
    unfinished: to < end,
    complaint,
  };
}

async function beginNewGroups(
  ledger: Ledger,
  unit: Unit,
  streams: readonly Stream[],
  reading: SliReading,
  scale: bigint,
  lease: Lease,
): Promise<{ readonly begun: readonly Stream[]; readonly complaint: Error | null }> {
  if (unit.slo.groupBy.length === 0) return { begun: [], complaint: null };
  const known = new Set(streams.map(({ group }) => groupKey(unit.slo.groupBy, group ?? {})));
  const fresh = [...reading.groups].filter(([key]) => !known.has(key));
  const room = Math.max(0, MOST_GROUPS - streams.length);
  const complaint =
    fresh.length > room ? new TooManyGroups(unit.slo, streams.length + fresh.length) : null;
  const beginnings = fresh.slice(0, room).map(([, group]) => ({
    ...keyOf(unit, group.labels),
    scale,
    startsAt: floorTo(reading.steps.from, GRID_SECONDS),
  }));
  if (beginnings.length === 0) return { begun: [], complaint };
  const begun = await ledger.open(beginnings);
  // A group begins with its first series: there is nothing before it to read back.
  await ledger.prepend(
    begun.map((stream) => ({
      streamId: stream.id,
      lease,
      before: stream.backfilledTo,
      readBackTo: 0,
      steps: [],
      stepsFrom: stream.oldest.at,
    })),
  );
  return { begun, complaint };
}

/** A reading as steps that follow the streams' newest points. */
export function appendsOf(
  unit: Unit,
  streams: readonly Stream[],
  reading: SliReading,
  lease: Lease,
): readonly Append[] {
  return streams
    .map((stream) => append(unit, stream, reading, lease))
    .filter(({ steps }) => steps.length > 0);
}

function append(unit: Unit, stream: Stream, reading: SliReading, lease: Lease): Append {
  const group: GroupReading | undefined = reading.groups.get(
    groupKey(unit.slo.groupBy, stream.group ?? {}),
  );
  const after = stream.newest.at;
  const steps = groupSteps(reading, group).filter((step) => step.at > after);
  return { streamId: stream.id, lease, after, steps: [...untilReading(after, reading), ...steps] };
}

/** A stream that begins on the grid just before the reading has empty steps up to it. */
function untilReading(after: number, reading: SliReading): readonly Step[] {
  const missing: Step[] = [];
  for (let at = after + LIVE_STEP_SECONDS; at <= reading.steps.from; at += LIVE_STEP_SECONDS) {
    missing.push({ at, good: 0n, total: 0n, coveredSeconds: 0, flags: [] });
  }
  return missing;
}

function keyOf(unit: Unit, group: Labels | null) {
  const { service, name } = unit.slo;
  return { service, name, group, revision: unit.revision };
}

function latest(instants: readonly (number | null)[]): number | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : Math.max(...known);
}
