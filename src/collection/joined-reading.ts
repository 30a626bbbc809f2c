import type { StepFlag } from '../ledger/step';
import type { GroupReading, SliReading } from './sli-reading';
import { stepCount, type Steps } from './steps';

const NO_FLAGS: ReadonlySet<StepFlag> = new Set();

/**
 * Adjoining readings of one SLO as one.
 *
 * @param readings in the order of their steps, all of the same step length and kind of cover
 */
export function joinedReading(readings: readonly SliReading[]): SliReading {
  const [first] = readings;
  if (first === undefined) throw new Error('there is nothing to join');
  if (readings.length === 1) return first;
  const steps: Steps = { ...first.steps, to: readings.at(-1)?.steps.to ?? first.steps.to };
  const keys = new Set(readings.flatMap(({ groups }) => [...groups.keys()]));
  return {
    steps,
    coveredBy: first.coveredBy,
    coveredSeconds: readings.flatMap(({ coveredSeconds }) => coveredSeconds),
    flags: readings.flatMap((each) => filled(each, each.flags, NO_FLAGS)),
    groups: new Map([...keys].map((key) => [key, joinedGroup(readings, key)])),
  };
}

function joinedGroup(readings: readonly SliReading[], key: string): GroupReading {
  const parts = readings.map((reading) => ({ reading, group: reading.groups.get(key) }));
  const known = parts.find(({ group }) => group !== undefined)?.group;
  let before = 0;
  let firstSeen = Infinity;
  for (const { reading, group } of parts) {
    if (group !== undefined) firstSeen = Math.min(firstSeen, before + group.firstSeen);
    before += stepCount(reading.steps);
  }
  return {
    labels: known?.labels ?? {},
    good: parts.flatMap(({ reading, group }) => filled(reading, group?.good, 0n)),
    total: parts.flatMap(({ reading, group }) => filled(reading, group?.total, 0n)),
    coveredSeconds:
      known?.coveredSeconds === null
        ? null
        : parts.flatMap(({ reading, group }) => filled(reading, group?.coveredSeconds ?? [], 0)),
    flags: parts.flatMap(({ reading, group }) => filled(reading, group?.flags, NO_FLAGS)),
    firstSeen,
  };
}

/** As many values as there are steps. */
function filled<T>(reading: SliReading, values: readonly T[] | undefined, none: T): readonly T[] {
  const count = stepCount(reading.steps);
  if (values?.length === count) return values;
  return Array.from({ length: count }, (_, k) => values?.[k] ?? none);
}
