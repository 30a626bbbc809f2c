import type { StepFlag } from '../ledger/step';
import type { Counter } from '../promql/counter';
import type { CounterPair } from '../promql/counter-pair';
import { formatSelector } from '../promql/selector';
import {
  type CountedGroup,
  type CounterReading,
  type CounterSource,
  readCounter,
} from './counter-reader';
import { bridgedCoverage, FARTHEST_GAP_SECONDS, readPresence } from './covered';
import { type GroupReading, scaledCount, type SliReading } from './sli-reading';
import { stepCount, type Steps } from './steps';

/** Bad above total by up to this share comes from scrapes that fell between two metrics. */
const SKEW_TOLERANCE = 0.001;

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
    groups: groupsOf(pair, total, part, steps, scale, partExists),
  };
}

async function everSeen(at: CounterSource, counter: Counter, steps: Steps): Promise<boolean> {
  const since = steps.to - FARTHEST_GAP_SECONDS;
  const selector = formatSelector(counter.selector);
  const sets = await at.source.labelSets(at.datasource, selector, since, steps.to);
  return sets.length > 0;
}

function groupsOf(
  pair: CounterPair,
  total: CounterReading,
  part: CounterReading,
  steps: Steps,
  scale: bigint,
  partExists: boolean,
): ReadonlyMap<string, GroupReading> {
  const keys = new Set([...total.groups.keys(), ...part.groups.keys()]);
  return new Map(
    [...keys].map((key) => [
      key,
      groupReading(
        pair,
        total.groups.get(key),
        part.groups.get(key),
        stepCount(steps),
        scale,
        partExists,
      ),
    ]),
  );
}

function groupReading(
  pair: CounterPair,
  total: CountedGroup | undefined,
  part: CountedGroup | undefined,
  count: number,
  scale: bigint,
  partExists: boolean,
): GroupReading {
  const good: bigint[] = [];
  const totals: bigint[] = [];
  const flags: Set<StepFlag>[] = [];
  for (let k = 0; k < count; k += 1) {
    const all = scaledCount(total?.events[k] ?? 0, scale, 'a step of the total counter');
    const some = scaledCount(part?.events[k] ?? 0, scale, `a step of the ${pair.role} counter`);
    const judged = judge(all, some, pair.role, partExists);
    totals.push(all);
    good.push(judged.good);
    flags.push(new Set(judged.flag === null ? [] : [judged.flag]));
  }
  return {
    labels: total?.labels ?? part?.labels ?? {},
    good,
    total: totals,
    coveredSeconds: null,
    flags,
    firstSeen: Math.min(total?.firstSeen ?? Infinity, part?.firstSeen ?? Infinity),
  };
}

/** Bad absent is no bad event; good absent is no good one, unless good was never seen at all. */
function judge(
  total: bigint,
  part: bigint,
  role: 'good' | 'bad',
  partExists: boolean,
): { readonly good: bigint; readonly flag: StepFlag | null } {
  if (!partExists && total > 0n) return { good: 0n, flag: 'invalid' };
  if (part > total) {
    const within = Number(part - total) <= Number(total) * SKEW_TOLERANCE;
    return { good: role === 'good' ? total : 0n, flag: within ? 'clamped' : 'invalid' };
  }
  return { good: role === 'good' ? part : total - part, flag: null };
}

function merged(...sets: readonly (ReadonlySet<StepFlag> | undefined)[]): ReadonlySet<StepFlag> {
  return new Set(sets.flatMap((set) => [...(set ?? [])]));
}
