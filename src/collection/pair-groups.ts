import type { StepFlag } from '../ledger/step';
import type { CounterPair } from '../promql/counter-pair';
import type { CountedGroup } from './counter-reader';
import { type GroupReading, scaledCount } from './sli-reading';
import { stepCount, type Steps } from './steps';

/** Bad above total by up to this share comes from scrapes that fell between two metrics. */
const SKEW_TOLERANCE = 0.001;
const NO_FLAGS: ReadonlySet<StepFlag> = new Set();

/**
 * Puts the events of a total and of its good or bad part together, group by group.
 *
 * @param partExists whether the part ever had a series; a good part that never did is invalid
 */
export function pairGroups(
  role: CounterPair['role'],
  total: ReadonlyMap<string, CountedGroup>,
  part: ReadonlyMap<string, CountedGroup>,
  steps: Steps,
  scale: bigint,
  partExists: boolean,
): ReadonlyMap<string, GroupReading> {
  const count = stepCount(steps);
  const groups = new Map<string, GroupReading>();
  for (const key of new Set([...total.keys(), ...part.keys()])) {
    const [all, some] = [total.get(key), part.get(key)];
    groups.set(key, groupReading(role, all, some, count, scale, partExists));
  }
  return groups;
}

function groupReading(
  role: CounterPair['role'],
  total: CountedGroup | undefined,
  part: CountedGroup | undefined,
  count: number,
  scale: bigint,
  partExists: boolean,
): GroupReading {
  const good: bigint[] = [];
  const totals: bigint[] = [];
  const flags: ReadonlySet<StepFlag>[] = [];
  const whatPart = `a step of the ${role} counter`;
  for (let k = 0; k < count; k += 1) {
    const all = scaledCount(total?.events[k] ?? 0, scale, 'a step of the total counter');
    const some = scaledCount(part?.events[k] ?? 0, scale, whatPart);
    const judged = judge(all, some, role, partExists);
    totals.push(all);
    good.push(judged.good);
    flags.push(judged.flag === null ? NO_FLAGS : new Set([judged.flag]));
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
