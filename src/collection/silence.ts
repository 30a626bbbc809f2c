import type { Slo } from '../domain/slo';
import type { StepFlag } from '../ledger/step';
import { type Counter, onInstances, sameTargets } from '../promql/counter';
import { counterPair } from '../promql/counter-pair';
import { formatSelector, parseSelector } from '../promql/selector';
import {
  freshSeconds,
  type Patience,
  silentGroups,
  silentInstances,
  USUAL_QUANTILE,
  USUAL_RANGE_SECONDS,
} from '../promql/silence';
import { type CounterSource, groupKey } from './counter-reader';
import type { Series } from './series-source';
import type { GroupReading, SliReading } from './sli-reading';
import { stepEnds, stepIndex, type Steps } from './steps';

/** In which steps, by index, a target of a group was silent, by group key. */
export type Silence = ReadonlyMap<string, ReadonlySet<number>>;

/**
 * Steps at whose end a target that was there before was silent though nothing says that it ended:
 * its samples may be on their way. SLIs whose query is the user's own say nothing of their targets.
 */
export async function readSilence(at: CounterSource, slo: Slo, steps: Steps): Promise<Silence> {
  const silence = new Map<string, Set<number>>();
  const asked = {
    from: steps.from + steps.stepSeconds,
    to: steps.to,
    stepSeconds: steps.stepSeconds,
  };
  const patience = {
    scrapeIntervalSeconds: at.scrapeIntervalSeconds,
    rereadHorizonSeconds: at.source.lateness(at.datasource).rereadHorizonSeconds,
  };
  await Promise.all(
    watchedOf(slo).map(async (watched) => {
      if (at.source.showsEnds(at.datasource)) {
        await silenceOfSamples(at, watched, steps, patience, silence);
        return;
      }
      const candidates = silentInstances(watched, patience);
      const found = await at.source.range(at.datasource, candidates, asked);
      const instances = found.map(({ labels }) =>
        watched.identity.map((label) => labels[label] ?? ''),
      );
      for (const some of onInstances(watched, instances)) {
        const groups = await at.source.range(at.datasource, silentGroups(some, patience), asked);
        for (const { labels, at: instants } of groups) {
          const own = silentSteps(silence, groupKey(slo.groupBy, labels));
          for (const instant of instants) own.add(stepIndex(steps, instant));
        }
      }
    }),
  );
  return silence;
}

/** The same by raw samples, where these tell which series ended and an instant does not. */
async function silenceOfSamples(
  { source, datasource }: CounterSource,
  { selector, groupBy }: Counter,
  steps: Steps,
  patience: Patience,
  silence: Map<string, Set<number>>,
): Promise<void> {
  const since = steps.from - patience.rereadHorizonSeconds - USUAL_RANGE_SECONDS;
  const all = await source.samples(datasource, formatSelector(selector), since, steps.to);
  const ends = stepEnds(steps);
  for (const series of all) {
    ends.forEach((end, k) => {
      if (!isSilentAt(series, end, patience)) return;
      silentSteps(silence, groupKey(groupBy, series.labels)).add(k);
    });
  }
}

/** Whether a series went on at an instant, as far as is known, and had no sample for longer than it usually has. */
export function isSilentAt(
  { at, endedAt = [] }: Pick<Series, 'at' | 'endedAt'>,
  instant: number,
  patience: Patience,
): boolean {
  const last = at.findLastIndex((each) => each <= instant);
  const lastAt = at[last] ?? -Infinity;
  const age = instant - lastAt;
  if (age <= freshSeconds(patience) || age > patience.rereadHorizonSeconds) return false;
  if (endedAt.some((end) => end > lastAt && end <= instant)) return false;
  const apart = at.slice(1, last + 1).map((each, k) => each - (at[k] ?? each));
  const usual = apart.sort((a, b) => a - b)[Math.floor(USUAL_QUANTILE * apart.length)];
  return usual === undefined || age > freshSeconds({ scrapeIntervalSeconds: usual });
}

function silentSteps(silence: Map<string, Set<number>>, group: string): Set<number> {
  const own = silence.get(group) ?? new Set<number>();
  silence.set(group, own);
  return own;
}

/** The reading with its provisional steps flagged. What nobody saw is missing, and waited for as that. */
export function withSilence(reading: SliReading, silence: Silence): SliReading {
  if (silence.size === 0) return reading;
  const groups = new Map<string, GroupReading>(reading.groups);
  let flags = reading.flags;
  const flagged = (own: readonly ReadonlySet<StepFlag>[], silent: ReadonlySet<number>) =>
    reading.coveredSeconds.map((covered, k) => {
      const before = own[k] ?? [];
      return new Set([...before, ...(silent.has(k) && covered > 0 ? [PROVISIONAL] : [])]);
    });
  for (const [key, silent] of silence) {
    const group = groups.get(key);
    // Silent for so long that its series are not seen any more: whoever it was, all wait for it.
    if (group === undefined) flags = flagged(flags, silent);
    else groups.set(key, { ...group, flags: flagged(group.flags, silent) });
  }
  return { ...reading, flags, groups };
}

const PROVISIONAL: StepFlag = 'provisional';

/** The series behind an SLI: those of its total, and of its part where other targets have them. */
function watchedOf(slo: Slo): readonly Counter[] {
  const { groupBy, counting } = slo;
  if (slo.sli.kind === 'availability') {
    const { identity, births } = counting;
    return [{ selector: parseSelector(slo.sli.up), groupBy, identity, births }];
  }
  const pair = counterPair(slo);
  if (pair === null) return [];
  const together = sameTargets(pair.total, 'up') === sameTargets(pair.part, 'up');
  return together ? [pair.total] : [pair.total, pair.part];
}
