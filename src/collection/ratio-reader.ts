import type { StepFlag } from '../ledger/step';
import type { Counter } from '../promql/counter';
import type { CounterPair } from '../promql/counter-pair';
import { formatSelector } from '../promql/selector';
import { type CounterSource, readCounter } from './counter-reader';
import { bridgedCoverage, FARTHEST_GAP_SECONDS, readPresence } from './covered';
import { pairGroups } from './pair-groups';
import type { SliReading } from './sli-reading';
import type { Steps } from './steps';

/** Reads both counters of a pair and puts them together, step by step. */
export async function readPair(
  at: CounterSource,
  pair: CounterPair,
  steps: Steps,
  scale: bigint,
  lastCoveredAt: number | null,
): Promise<SliReading> {
  const [total, part, present] = await Promise.all([
    readCounter(at, pair.total, steps),
    readCounter(at, pair.part, steps),
    readPresence(at, pair.total, steps),
  ]);
  const covered = await bridgedCoverage(
    at,
    pair.total,
    steps,
    present,
    total.joined,
    lastCoveredAt,
  );
  const partExists =
    pair.role === 'bad' || part.groups.size > 0 || (await everSeen(at, pair.part, steps));
  return {
    steps,
    coveredBy: 'targets',
    coveredSeconds: covered.seconds,
    flags: covered.flags.map((flags, k) => merged(flags, total.flags[k], part.flags[k])),
    groups: pairGroups(pair.role, total.groups, part.groups, steps, scale, partExists),
  };
}

async function everSeen(at: CounterSource, counter: Counter, steps: Steps): Promise<boolean> {
  const since = steps.to - FARTHEST_GAP_SECONDS;
  const selector = formatSelector(counter.selector);
  const sets = await at.source.labelSets(at.datasource, selector, since, steps.to);
  return sets.length > 0;
}

function merged(...sets: readonly (ReadonlySet<StepFlag> | undefined)[]): ReadonlySet<StepFlag> {
  return new Set(sets.flatMap((set) => [...(set ?? [])]));
}
