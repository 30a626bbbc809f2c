import type { LabelTest } from './containment';
import { anyOf } from './quoting';
import { formatSelector, type Matcher, narrowed, type Selector } from './selector';

/** A counter that is to be differenced, and how its raw series belong together. */
export interface Counter {
  readonly selector: Selector;
  /** Labels that the result keeps; the rest is summed away. */
  readonly groupBy: readonly string[];
  /** Labels that name one scraped process: `job`, `instance`. */
  readonly identity: readonly string[];
  /** Whether a series that is known to be new counts from zero. */
  readonly births: 'count' | 'ignore';
  /** The counter before it was narrowed to some of its instances. */
  readonly fleet?: Selector;
  /** A counter that has all its series and more, and how they are told among those. */
  readonly within?: { readonly total: Counter; readonly test: LabelTest };
}

/** Label values of one scraped process, in the order of the identity labels. */
export type Instance = readonly string[];

/** A counter that answers for this one as well: who has read a total need not ask again for its part. */
export function widest(counter: Counter): Counter {
  return counter.within?.total ?? counter;
}

/** Two counters with the same key are the same question. */
export function counterKey(counter: Counter): string {
  return JSON.stringify([
    formatSelector(counter.selector),
    counter.groupBy,
    counter.identity,
    counter.births,
  ]);
}

/**
 * The counter narrowed to some instances: one per combination of all identity labels but the last,
 * so that no pair is matched that was not named.
 */
export function onInstances(counter: Counter, instances: readonly Instance[]): readonly Counter[] {
  const byPrefix = new Map<string, { prefix: readonly string[]; lasts: string[] }>();
  for (const instance of instances) {
    const prefix = instance.slice(0, -1);
    const key = JSON.stringify(prefix);
    const entry = byPrefix.get(key) ?? { prefix, lasts: [] };
    entry.lasts.push(instance.at(-1) ?? '');
    byPrefix.set(key, entry);
  }
  return [...byPrefix.values()].map(({ prefix, lasts }) => ({
    ...counter,
    fleet: counter.selector,
    selector: narrowed(counter.selector, [
      ...prefix.map((value, index) => equal(counter.identity[index] ?? '', value)),
      { label: counter.identity.at(-1) ?? '', op: '=~', value: anyOf(lasts.sort()) },
    ]),
  }));
}

/** A metric of the same targets, as text. */
export function sameTargets(counter: Counter, metric: string): string {
  return formatSelector(targetsOf(counter, metric));
}

/** A metric of the same targets: it takes the matchers on the identity labels. */
export function targetsOf(
  { selector, identity }: Pick<Counter, 'selector' | 'identity'>,
  metric: string,
): Selector {
  return { metric, matchers: selector.matchers.filter(({ label }) => identity.includes(label)) };
}

function equal(label: string, value: string): Matcher {
  return { label, op: '=', value };
}
