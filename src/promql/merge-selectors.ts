import { anyOf } from './quoting';
import { formatSelector, type Matcher, type Selector } from './selector';

/** Selectors that are asked as one. */
export interface MergedSelector {
  readonly selector: Selector;
  /** The label by whose value the members' series are told apart; null for a single member. */
  readonly varying: string | null;
  /** By the value of the varying label; by the empty text when there is one. */
  readonly members: ReadonlyMap<string, Selector>;
}

/** VictoriaMetrics refuses longer queries by default; what Prometheus takes is far more. */
export const MOST_CHARACTERS = 16_000;

/**
 * Merges selectors of one metric that differ in the value of one equality matcher only, a thousand
 * services' own counters, into few: `m{job=~"a|b|c"}` for `m{job="a"}`, `m{job="b"}` and `m{job="c"}`.
 * Equal selectors become one; what has no like stays alone.
 *
 * @param mostCharacters of one merged selector's text; longer ones are cut into several
 */
export function mergeSelectors(
  selectors: readonly Selector[],
  mostCharacters: number = MOST_CHARACTERS,
): readonly MergedSelector[] {
  const families = familiesOf(distinct(selectors));
  const merged: MergedSelector[] = [];
  const taken = new Set<Selector>();
  for (const { varying, members } of families) {
    const free = members.filter(([, selector]) => !taken.has(selector));
    if (free.length < 2) continue;
    for (const [, selector] of free) taken.add(selector);
    merged.push(...chunks(varying, free, mostCharacters));
  }
  for (const { members } of families) {
    for (const [, selector] of members) {
      if (taken.has(selector)) continue;
      taken.add(selector);
      merged.push(alone(selector));
    }
  }
  return merged;
}

/** The two halves of a merged selector; null when there is nothing to halve. */
export function halved(merged: MergedSelector): readonly MergedSelector[] | null {
  if (merged.varying === null || merged.members.size < 2) return null;
  const members = [...merged.members];
  const middle = Math.ceil(members.length / 2);
  const { varying } = merged;
  return [members.slice(0, middle), members.slice(middle)].map((half) => together(varying, half));
}

type NamedSelector = readonly [value: string, selector: Selector];

interface Family {
  readonly varying: string;
  readonly members: NamedSelector[];
}

function distinct(selectors: readonly Selector[]): readonly Selector[] {
  return [...new Map(selectors.map((each) => [formatSelector(each), each])).values()];
}

/** Selectors by what they share, the largest families first; every selector stands in several. */
function familiesOf(selectors: readonly Selector[]): readonly Family[] {
  const families = new Map<string, Family>();
  for (const selector of selectors) {
    for (const matcher of selector.matchers) {
      if (!mayVary(selector, matcher)) continue;
      const key = `${matcher.label}\n${formatSelector(without(selector, matcher))}`;
      const family = families.get(key) ?? { varying: matcher.label, members: [] };
      family.members.push([matcher.value, selector]);
      families.set(key, family);
    }
    if (!selector.matchers.some((matcher) => mayVary(selector, matcher))) {
      families.set(`\n${formatSelector(selector)}`, { varying: '', members: [['', selector]] });
    }
  }
  return [...families.values()].sort((a, b) => b.members.length - a.members.length);
}

/** An empty value means that the label is absent, which no alternation says as plainly. */
function mayVary(selector: Selector, { label, op, value }: Matcher): boolean {
  const once = selector.matchers.filter((each) => each.label === label).length === 1;
  return op === '=' && value !== '' && once;
}

function without(selector: Selector, matcher: Matcher): Selector {
  return { ...selector, matchers: selector.matchers.filter((each) => each !== matcher) };
}

function chunks(
  varying: string,
  members: readonly NamedSelector[],
  mostCharacters: number,
): readonly MergedSelector[] {
  const whole = together(varying, members);
  if (formatSelector(whole.selector).length <= mostCharacters) return [whole];
  const middle = Math.ceil(members.length / 2);
  if (middle === members.length) return [whole];
  return [members.slice(0, middle), members.slice(middle)].flatMap((half) =>
    half.length === 1 && half[0] !== undefined
      ? [alone(half[0][1])]
      : chunks(varying, half, mostCharacters),
  );
}

function together(varying: string, members: readonly NamedSelector[]): MergedSelector {
  const [first] = members;
  if (first === undefined) throw new Error('nothing to merge');
  if (members.length === 1) return alone(first[1]);
  const values = members.map(([value]) => value).sort();
  const matchers = first[1].matchers.map((matcher): Matcher =>
    matcher.label === varying ? { label: varying, op: '=~', value: anyOf(values) } : matcher,
  );
  return { selector: { ...first[1], matchers }, varying, members: new Map(members) };
}

function alone(selector: Selector): MergedSelector {
  return { selector, varying: null, members: new Map([['', selector]]) };
}
