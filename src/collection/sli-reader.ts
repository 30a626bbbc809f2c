import type { Slo } from '../domain/slo';
import { counterPair } from '../promql/counter-pair';
import { estimateQueries, estimateWindowSeconds } from '../promql/estimate';
import { formatSelector } from '../promql/selector';
import { AVAILABILITY_SCALE, readAvailability } from './availability-reader';
import type { CounterSource } from './counter-reader';
import { readEstimate } from './estimate-reader';
import { readPair } from './ratio-reader';
import type { SliReading } from './sli-reading';
import { asRatioSlices, asTimeSlices, MILLIONTHS, slicesAsSteps, slicesWithin } from './slices';
import type { Steps } from './steps';
import { judgeValues, readValues } from './value-reader';

/** Reads whatever kind of SLI this is over some steps. */
export async function readSli(
  at: CounterSource,
  slo: Slo,
  steps: Steps,
  scale: bigint,
  lastCoveredAt: number | null,
): Promise<SliReading> {
  const { sli, groupBy, budgeting } = slo;
  if (sli.kind === 'availability') return readAvailability(at, slo, sli, steps);
  if (sli.kind === 'threshold') {
    const slices = slicesWithin(steps, sli.sliceSeconds);
    const values = await readValues(at, sli.query, groupBy, slices);
    return slicesAsSteps(judgeValues(values, sli, slices), steps);
  }
  const estimate = estimateQueries(slo);
  if (estimate !== null) {
    const windows = slicesWithin(steps, estimateWindowSeconds(at.scrapeIntervalSeconds));
    return slicesAsSteps(await readEstimate(at, estimate, groupBy, windows), steps);
  }
  const pair = counterPair(slo);
  if (pair === null) throw new Error(`no reader for an SLI of kind ${sli.kind}`);
  if (budgeting.kind === 'occurrences') return readPair(at, pair, steps, scale, lastCoveredAt);
  const slices = slicesWithin(steps, budgeting.sliceSeconds);
  if (slices.from === slices.to) return slicesAsSteps(emptyReading(slices), steps);
  const events = await readPair(at, pair, slices, MILLIONTHS, lastCoveredAt);
  const judged =
    budgeting.kind === 'timeslices'
      ? asTimeSlices(events, budgeting.sliceObjective)
      : asRatioSlices(events);
  return slicesAsSteps(judged, steps);
}

/**
 * The scale that an SLO's counts need: 1 for events and slices, more where they have fractions.
 * Asked of the source once, when its streams begin.
 */
export async function scaleOf(at: CounterSource, slo: Slo, now: number): Promise<bigint> {
  if (slo.sli.kind === 'availability') return AVAILABILITY_SCALE;
  if (slo.sli.kind === 'threshold' || slo.budgeting.kind === 'timeslices') return 1n;
  const pair = counterPair(slo);
  if (pair === null || slo.budgeting.kind === 'ratio-timeslices') return MILLIONTHS;
  const fractional = [pair.total, pair.part]
    .map(({ selector }) => `count((${formatSelector(selector)} % 1) > 0)`)
    .join(' or ');
  const found = await at.source.instant(at.datasource, fractional, now);
  return found.some(({ value }) => value > 0) ? MILLIONTHS : 1n;
}

function emptyReading(steps: Steps): SliReading {
  return { steps, coveredBy: 'targets', coveredSeconds: [], flags: [], groups: new Map() };
}
