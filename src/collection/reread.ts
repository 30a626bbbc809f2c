import { between } from '../domain/point';
import { sloId } from '../domain/slo';
import {
  type Amendment,
  type Lease,
  type Ledger,
  LedgerUnavailable,
  type MissingStep,
} from '../ledger/ledger';
import type { Step } from '../ledger/step';
import type { Stream } from '../ledger/stream';
import type { CollectionLog } from './collection-log';
import { type CounterSource, groupKey } from './counter-reader';
import type { HeldUnit } from './ordinary-round';
import { ORDINARY_LATENESS, type SeriesSource } from './series-source';
import { groupSteps } from './sli-reading';
import { readSli } from './sli-reader';
import { LIVE_STEP_SECONDS, type Steps } from './steps';
import type { Unit } from './unit';

/** Steps are known minute by minute for the days that live points are kept. */
export const REREAD_FOR_SECONDS = ORDINARY_LATENESS.outOfOrderWindowSeconds;
/** A source that comes and goes all the time is asked for its latest gaps only. */
const MOST_GAPS = 20;

/**
 * Reads again the steps that closed without data, since it may have come late: a remote write that
 * caught up, a block that was brought in. The step that ends a gap is read again with it, as it
 * bridged the gap and would now count its events twice.
 *
 * @param missing steps of the unit's streams that are flagged as missing
 */
async function readAgain(
  at: CounterSource,
  ledger: Ledger,
  unit: Unit,
  streams: readonly Stream[],
  lease: Lease,
  missing: readonly MissingStep[],
): Promise<readonly Amendment[]> {
  const amendments: Amendment[] = [];
  const newest = Math.min(...streams.map((stream) => stream.newest.at));
  const { outOfOrderWindowSeconds } = at.source.lateness(at.datasource);
  const awaited = missing.filter((step) => step.at > newest - outOfOrderWindowSeconds);
  for (const gap of gapsOf(awaited).slice(-MOST_GAPS)) {
    const steps = { ...gap, to: Math.min(gap.to + LIVE_STEP_SECONDS, newest) };
    // Closed by the append of this very tick, after the streams were looked up.
    if (steps.to <= steps.from) continue;
    const reading = await readSli(at, unit.slo, steps, streams[0]?.scale ?? 1n, gap.from);
    const found = reading.coveredSeconds.some(
      (seconds, k) => seconds > 0 && steps.from + k * LIVE_STEP_SECONDS < gap.to,
    );
    if (!found) continue;
    for (const stream of streams) {
      const group = reading.groups.get(groupKey(unit.slo.groupBy, stream.group ?? {}));
      amendments.push(...(await changes(ledger, stream, lease, steps, groupSteps(reading, group))));
    }
  }
  return amendments;
}

/** Reads the gaps of all units again, one after the other. */
export async function readGapsAgain(
  sourceFor: (datasource: string, source: SeriesSource) => CounterSource,
  source: SeriesSource,
  ledger: Ledger,
  held: readonly HeldUnit[],
  missing: readonly MissingStep[],
  log: CollectionLog,
): Promise<void> {
  if (missing.length === 0) return;
  for (const { unit, lease, streams } of held) {
    const ids = new Set(streams.map(({ id }) => id));
    const gaps = missing.filter(({ streamId }) => ids.has(streamId));
    if (gaps.length === 0) continue;
    try {
      const at = sourceFor(unit.slo.datasource, source);
      const amendments = await readAgain(at, ledger, unit, streams, lease, gaps);
      const changed = await ledger.amend(amendments);
      if (changed.size > 0) log.amendedSteps += amendments.length;
    } catch (error) {
      if (error instanceof LedgerUnavailable) throw error;
      log.failed(sloId(unit.slo), error);
    }
  }
}

/** Runs of adjoining missing steps, oldest first. */
function gapsOf(missing: readonly MissingStep[]): readonly Steps[] {
  const ends = [...new Set(missing.map(({ at }) => at))].sort((a, b) => a - b);
  const gaps: { from: number; to: number; stepSeconds: number }[] = [];
  for (const end of ends) {
    const last = gaps.at(-1);
    if (last?.to === end - LIVE_STEP_SECONDS) last.to = end;
    else gaps.push({ from: end - LIVE_STEP_SECONDS, to: end, stepSeconds: LIVE_STEP_SECONDS });
  }
  return gaps;
}

async function changes(
  ledger: Ledger,
  stream: Stream,
  lease: Lease,
  span: Steps,
  steps: readonly Step[],
): Promise<readonly Amendment[]> {
  const points = await ledger.series(stream, span.from, span.to, LIVE_STEP_SECONDS);
  const byInstant = new Map(points.map((point) => [point.at, point]));
  return steps.flatMap((step): readonly Amendment[] => {
    const from = step.at - LIVE_STEP_SECONDS;
    const [start, end] = [byInstant.get(from), byInstant.get(step.at)];
    if (start === undefined || end === undefined) return [];
    const known = between(start, end, `${stream.service}/${stream.name}`);
    const difference = {
      good: step.good - known.good,
      total: step.total - known.total,
      coveredSeconds: step.coveredSeconds - known.coveredSeconds,
    };
    if (difference.good === 0n && difference.total === 0n && difference.coveredSeconds === 0)
      return [];
    const reason = 'the source has data now for a step that closed without';
    const { at, flags } = step;
    return [{ streamId: stream.id, lease, from, at, known, difference, flags, reason }];
  });
}
