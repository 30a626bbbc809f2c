import type { AvailabilitySli, Slo } from '../domain/slo';
import type { LabelTest } from './containment';
import { type Counter, targetsOf } from './counter';
import { type CounterPair, counterPair } from './counter-pair';
import { type MergedSelector, mergeSelectors } from './merge-selectors';
import { formatSelector, parseSelector, type Selector } from './selector';

/** Raw series that an SLO's steps are counted from. */
export type RawNeed = CountersNeed | GaugeNeed;

export interface CountersNeed {
  readonly kind: 'counters';
  readonly role: CounterPair['role'];
  /** Text of the total's selector, by which its series are found. */
  readonly total: string;
  readonly part: PartNeed;
  /** Text of the selector of these processes' start times. */
  readonly starts: string;
  readonly identity: readonly string[];
}

/** The part's series: some of the total's, or those of a selector of their own. */
export type PartNeed =
  | { readonly kind: 'within'; readonly test: LabelTest }
  | { readonly kind: 'apart'; readonly selector: string; readonly starts: string };

export interface GaugeNeed {
  readonly kind: 'gauge';
  readonly gauge: string;
  readonly sli: AvailabilitySli;
}

/** What one data source is asked for in a minute without anything out of the ordinary. */
export interface LivePlan {
  /** Raw samples, asked once for all who need them. */
  readonly samples: readonly MergedSelector[];
  /** When the counters' processes began, asked for changes only. */
  readonly starts: readonly MergedSelector[];
  readonly needs: ReadonlyMap<Slo, RawNeed>;
  /** How many SLOs need a selector, by its text. */
  readonly users: ReadonlyMap<string, number>;
  /** SLOs with queries of their own: slices, thresholds, `$window` queries, native histograms. */
  readonly apart: readonly Slo[];
}

/** SLOs in, as few questions as possible out. All of them are of one data source. */
export function planLive(slos: readonly Slo[], mostCharacters?: number): LivePlan {
  const needs = new Map<Slo, RawNeed>();
  const apart: Slo[] = [];
  const samples = new Map<string, Selector>();
  const starts = new Map<string, Selector>();
  const users = new Map<string, number>();
  const want = (wanted: Map<string, Selector>, selectors: readonly Selector[]) => {
    for (const selector of selectors) {
      const text = formatSelector(selector);
      wanted.set(text, selector);
      users.set(text, (users.get(text) ?? 0) + 1);
    }
  };
  for (const slo of slos) {
    const known = knownNeed(slo);
    if (known === null) {
      apart.push(slo);
      continue;
    }
    needs.set(slo, known.need);
    want(samples, known.samples);
    want(starts, known.starts);
  }
  return {
    samples: mergeSelectors([...samples.values()], mostCharacters),
    starts: mergeSelectors([...starts.values()], mostCharacters),
    needs,
    users,
    apart,
  };
}

/** Whether an SLO's ordinary minutes are read from raw samples, asked together with others'. */
export function isReadFromSamples(slo: Slo): boolean {
  return knownNeed(slo) !== null;
}

interface Known {
  readonly need: RawNeed;
  readonly samples: readonly Selector[];
  readonly starts: readonly Selector[];
}

/** Parsed once: a definition is the same object until its file changes. */
const KNOWN = new WeakMap<Slo, { readonly known: Known | null }>();

function knownNeed(slo: Slo): Known | null {
  const remembered = KNOWN.get(slo);
  if (remembered !== undefined) return remembered.known;
  const known = needOf(slo);
  KNOWN.set(slo, { known });
  return known;
}

function needOf(slo: Slo): Known | null {
  const { sli, budgeting } = slo;
  if (sli.kind === 'availability') {
    const selector = parseSelector(sli.up);
    const need: GaugeNeed = { kind: 'gauge', gauge: formatSelector(selector), sli };
    return { need, samples: [selector], starts: [] };
  }
  const pair = counterPair(slo);
  return pair === null || budgeting.kind !== 'occurrences' ? null : countersNeed(pair);
}

function countersNeed({ total, part, role }: CounterPair): Known {
  const { within } = part;
  const totalStarts = startsOf(total);
  const partStarts = startsOf(part);
  const need: CountersNeed = {
    kind: 'counters',
    role,
    total: formatSelector(total.selector),
    part:
      within === undefined
        ? {
            kind: 'apart',
            selector: formatSelector(part.selector),
            starts: formatSelector(partStarts),
          }
        : { kind: 'within', test: within.test },
    starts: formatSelector(totalStarts),
    identity: total.identity,
  };
  return within === undefined
    ? { need, samples: [total.selector, part.selector], starts: [totalStarts, partStarts] }
    : { need, samples: [total.selector], starts: [totalStarts] };
}

function startsOf(counter: Counter): Selector {
  return targetsOf(counter, 'process_start_time_seconds');
}
