import type { Lease, Prepend } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { type CounterSource, groupKey } from './counter-reader';
import { groupsWithin } from './groups';
import { groupSteps, type SliReading } from './sli-reading';
import type { Unit } from './unit';

/**
 * What a piece of a unit's history adds to its streams. A group begins with its first series: where neither this
 * piece nor an older one has any, the stream does not reach further back, and never will: what the
 * source answers later would leave a hole.
 */
export async function prependsOf(
  at: CounterSource,
  unit: Unit,
  streams: readonly Stream[],
  lease: Lease,
  reading: SliReading,
  target: number,
): Promise<readonly Prepend[]> {
  const piece = reading.steps;
  const groups = streams.map((stream) => {
    const key = groupKey(unit.slo.groupBy, stream.group ?? {});
    return { stream, key, group: reading.groups.get(key), begun: stream.oldest.at > piece.to };
  });
  // Whoever has a series in the first step reaches back at least that far.
  const unsure =
    unit.slo.groupBy.length > 0 &&
    groups.some(({ group, begun }) => !begun && group?.firstSeen !== 0);
  const older = unsure ? await groupsWithin(at, unit.slo, target, piece.from) : null;
  return groups.map(({ stream, key, group, begun }) => {
    const all = begun ? [] : groupSteps(reading, group);
    const begunBefore = older === null || older.has(key);
    const steps = begunBefore ? all : all.slice(Math.min(group?.firstSeen ?? Infinity, all.length));
    return {
      streamId: stream.id,
      lease,
      before: stream.backfilledTo,
      readBackTo: piece.from,
      steps,
      stepsFrom: piece.to - steps.length * piece.stepSeconds,
    };
  });
}
