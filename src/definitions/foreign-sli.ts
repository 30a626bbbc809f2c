import type { QuerySli, Sli } from '../domain/slo';
import { checkQuery, WINDOW_PLACEHOLDER } from '../promql/query-check';
import {
  asIncreases,
  type CountedRatio,
  fallsBackToZero,
  groupingOf,
  recogniseEvents,
  recogniseRatio,
} from '../promql/recognise';
import { shown } from '../yaml/shown';
import type { Field } from './foreign-field';
import { latencyOf } from './foreign-latency';

/** An SLI, and the labels that its series are told apart by. */
export interface ForeignSli {
  readonly sli: Sli;
  readonly groupBy: readonly string[];
}

/** A query of a foreign document, with `$window` where it had its own placeholder. */
export interface ForeignQuery {
  readonly field: Field;
  readonly text: string;
}

const ESTIMATED =
  'is no plain sum of one counter, so it is taken as a query over $window: an estimate with the faults of increase(), where counters would be exact';

/** Sloth's placeholder, which OpenSLO files use too. */
const TEMPLATE = /\{\{-?\s*\.window\s*-?\}\}/g;

/** A query that parses, its placeholder replaced by ours; null with the reason as a problem. */
export function foreignQuery(field: Field): ForeignQuery | null {
  const written = field.required('PromQL');
  if (written === null) return null;
  // The value untrimmed, and a duration as long as the placeholder: positions stay true.
  const raw = typeof field.value === 'string' ? field.value : written;
  const held = raw.replace(TEMPLATE, (found) => `${'1'.repeat(found.length - 1)}s`);
  const sound = field.attempt(() => {
    checkQuery(held);
    return true;
  });
  if (sound === null) return null;
  return { field, text: raw.replace(TEMPLATE, WINDOW_PLACEHOLDER).trim() };
}

/**
 * Two queries of events: exact counting where the counters behind them are plain, else an estimate.
 *
 * @param cumulative whether a query of bare metrics is one of counters
 */
export function countsSli(
  role: 'good' | 'bad',
  part: ForeignQuery,
  total: ForeignQuery,
  cumulative: boolean,
): ForeignSli | null {
  const counted = recogniseEvents(role, part.text, total.text);
  if (counted !== null && (cumulative || counted.measure !== '')) return exact(counted);
  const [own, whole] = [groupingOf(part.text), groupingOf(total.text)];
  if (JSON.stringify([...own].sort()) !== JSON.stringify([...whole].sort())) {
    part.field.error(
      `${part.field.key} is grouped by ${listed(own)}, its total by ${listed(whole)}, allowed: the same labels`,
    );
    return null;
  }
  const estimates = estimatesOf(part, total, cumulative);
  if (estimates === null) return null;
  part.field.warning(`${part.field.key} ${ESTIMATED}`);
  const counts = { role, part: estimates[0], total: estimates[1] } as const;
  return { sli: { kind: 'query', counts }, groupBy: whole };
}

/** Both queries over `$window`, measured alike: a rate against an increase would be 300 times off. */
function estimatesOf(
  part: ForeignQuery,
  total: ForeignQuery,
  cumulative: boolean,
): readonly [string, string] | null {
  const own = asIncreases(part.text, cumulative);
  const whole = asIncreases(total.text, cumulative);
  if (own !== null && whole !== null) return [own, whole];
  const windowed = [part, total].filter(({ text }) => text.includes(WINDOW_PLACEHOLDER));
  if (windowed.length === 2) return [part.text, total.text];
  if (windowed.length === 1) {
    const without = windowed[0] === part ? total : part;
    without.field.error(
      `${without.field.key} is ${shown(without.text)} and holds no window while the other does, allowed: both or neither`,
    );
    return null;
  }
  if (cumulative) {
    part.field.error(
      `${part.field.key} is ${shown(part.text)}, whose counters cannot be told, allowed: a counter, sums and differences of counters, or their rates`,
    );
    return null;
  }
  return [sumOverWindow(part.text), sumOverWindow(total.text)];
}

/** A query of a ratio: of its counters where they can be told, else an estimate in which all time weighs the same. */
export function ratioSli(role: 'good' | 'bad', query: ForeignQuery): ForeignSli {
  const { field, text } = query;
  const counted = recogniseRatio(role, text);
  if (counted !== null && counted.measure !== '') return exact(counted);
  field.warning(`${field.key} ${ESTIMATED}`);
  if (fallsBackToZero(text)) {
    field.warning(
      `${field.key} ends in "or vector(0)", which makes "no data" look like ${role === 'bad' ? '"no errors"' : '"all bad"'}; take it off, or put it around the ${role} part alone`,
    );
  }
  const ratio = text.includes(WINDOW_PLACEHOLDER)
    ? text
    : `avg_over_time((${text})[${WINDOW_PLACEHOLDER}:1m])`;
  const counts: QuerySli['counts'] = {
    role: 'errorRatio',
    ratio: role === 'bad' ? ratio : `1 - (${ratio})`,
  };
  return { sli: { kind: 'query', counts }, groupBy: groupingOf(text) };
}

function exact({ total, part, groupBy }: CountedRatio): ForeignSli {
  const bucketed = part.role === 'good' && !groupBy.includes('le');
  const latency = bucketed ? latencyOf(part.selector, total) : null;
  return { sli: latency ?? { kind: 'ratio', total, part }, groupBy };
}

function sumOverWindow(query: string): string {
  return `sum_over_time((${query})[${WINDOW_PLACEHOLDER}:1m])`;
}

function listed(labels: readonly string[]): string {
  return labels.length === 0 ? 'nothing' : labels.join(', ');
}

/** Refuses a query without the placeholder that its language demands. */
export function mustHoldWindow({ field, text }: ForeignQuery): boolean {
  if (text.includes(WINDOW_PLACEHOLDER)) return true;
  field.error(`${field.key} is ${shown(text)}, allowed: PromQL over the range [{{.window}}]`);
  return false;
}
