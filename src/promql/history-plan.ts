import type { Slo } from '../domain/slo';
import type { Counter } from './counter';
import { type CounterPair, counterPair } from './counter-pair';
import { type MergedSelector, mergeSelectors, MOST_CHARACTERS } from './merge-selectors';
import { formatSelector } from './selector';

/** Counters of SLOs that group alike, asked as one. */
export interface HistoryQuery {
  readonly merged: MergedSelector;
  readonly groupBy: readonly string[];
  readonly identity: readonly string[];
  /** Whether the counter has to be found ordinary by itself, or goes with its total. */
  readonly checked: boolean;
}

export interface HistoryNeed {
  readonly pair: CounterPair;
  /** Keys of the two counters' answers. */
  readonly total: string;
  readonly part: string;
  readonly partChecked: boolean;
}

/** What one data source is asked for, to read the history of some SLOs. */
export interface HistoryPlan {
  readonly queries: readonly HistoryQuery[];
  readonly needs: ReadonlyMap<Slo, HistoryNeed>;
}

/** The longest of the expressions names its selector so often, and some more. */
const SELECTORS_IN_A_QUERY = 6;

/** SLOs in, few range queries out; SLOs that are not counters over all events are left out. */
export function planHistory(slos: readonly Slo[]): HistoryPlan {
  const needs = new Map<Slo, HistoryNeed>();
  const families = new Map<string, { counters: Counter[]; checked: boolean }>();
  const want = (counter: Counter, checked: boolean) => {
    const key = JSON.stringify([counter.groupBy, counter.identity, checked]);
    const family = families.get(key);
    if (family === undefined) families.set(key, { counters: [counter], checked });
    else family.counters.push(counter);
  };
  for (const slo of slos) {
    const pair = slo.budgeting.kind === 'occurrences' ? counterPair(slo) : null;
    if (pair === null) continue;
    const partChecked = pair.part.within === undefined;
    want(pair.total, true);
    want(pair.part, partChecked);
    const total = keyOf(pair.total, true);
    const part = keyOf(pair.part, partChecked);
    needs.set(slo, { pair, total, part, partChecked });
  }
  const queries = [...families.values()].flatMap(({ counters, checked }) => {
    const { groupBy = [], identity = [] } = counters[0] ?? {};
    const selectors = counters.map(({ selector }) => selector);
    const most = Math.floor(MOST_CHARACTERS / SELECTORS_IN_A_QUERY);
    return mergeSelectors(selectors, most).map((merged) => {
      return { merged, groupBy, identity, checked };
    });
  });
  return { queries, needs };
}

function keyOf({ selector, groupBy }: Counter, checked: boolean): string {
  return answerKey(formatSelector(selector), { groupBy, checked });
}

/**
 * Names a counter's answer among those of a plan.
 *
 * @param selector its text
 */
export function answerKey(
  selector: string,
  { groupBy, checked }: Pick<HistoryQuery, 'groupBy' | 'checked'>,
): string {
  return JSON.stringify([selector, groupBy, checked]);
}
