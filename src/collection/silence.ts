import type { Slo } from '../domain/slo';
import type { StepFlag } from '../ledger/step';
import { type Counter, onInstances, sameTargets } from '../promql/counter';
import { counterPair } from '../promql/counter-pair';
import { parseSelector } from '../promql/selector';
import { silentGroups, silentInstances } from '../promql/silence';
import { type CounterSource, groupKey } from './counter-reader';
import type { GroupReading, SliReading } from './sli-reading';
import { stepIndex, type Steps } from './steps';

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
      const candidates = silentInstances(watched, patience);
      const found = await at.source.range(at.datasource, candidates, asked);
      const instances = found.map(({ labels }) =>
        watched.identity.map((label) => labels[label] ?? ''),
      );
      for (const some of onInstances(watched, instances)) {
        const groups = await at.source.range(at.datasource, silentGroups(some, patience), asked);
        for (const { labels, at: instants } of groups) {
          const key = groupKey(slo.groupBy, labels);
          const own = silence.get(key) ?? new Set();
          for (const instant of instants) own.add(stepIndex(steps, instant));
          silence.set(key, own);
        }
      }
    }),
  );
  return silence;
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
