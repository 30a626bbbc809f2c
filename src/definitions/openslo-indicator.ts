import type { ComparisonOperator } from '../domain/slo';
import { WINDOW_PLACEHOLDER } from '../promql/query-check';
import { groupingOf } from '../promql/recognise';
import { shown } from '../yaml/shown';
import { didYouMean, wasItMeant } from '../yaml/suggestion';
import { Field } from './foreign-field';
import { countsSli, type ForeignSli, ratioSli } from './foreign-sli';
import type { Named } from './foreign-slo';
import { type OpenSloMetric, readMetric, sameSource } from './openslo-metric';
import type { OpenSloShelf } from './openslo-shelf';

export interface OpenSloIndicator {
  readonly sli: ForeignSli;
  readonly datasource: Named | null;
}

const INLINE = ['indicator', 'sli'] as const;
const REFERENCE = ['indicatorRef', 'sliRef'] as const;

/**
 * The SLI of one objective: its own or the SLO's, in place or by reference. v1alpha has a ratio in
 * the objective itself.
 *
 * @param thresholdSlice how often a threshold metric is judged
 */
export function readOpenSloIndicator(
  spec: Field,
  objective: Field,
  shelf: OpenSloShelf,
  thresholdSlice: number,
): OpenSloIndicator | null {
  if (objective.at('ratioMetrics').present) {
    return readRatio(objective.at('ratioMetrics').mapping(), shelf);
  }
  const holder = hasIndicator(objective) ? objective : spec;
  const indicator = indicatorOf(holder, shelf);
  if (indicator === null) return null;
  const ratio = indicator.at('ratioMetric').mapping();
  const threshold = indicator.at('thresholdMetric').mapping();
  if (ratio.present !== threshold.present) {
    return ratio.present
      ? readRatio(ratio, shelf)
      : readThreshold(threshold, objective, shelf, thresholdSlice);
  }
  const found = ratio.present
    ? 'both ratioMetric and thresholdMetric'
    : 'neither ratioMetric nor thresholdMetric';
  const slip = ratio.present ? '' : wasItMeant('ratioMetric', indicator.keys());
  indicator.error(`${indicator.key} has ${found}${slip}, allowed: exactly one of them`);
  return null;
}

export function hasIndicator(holder: Field): boolean {
  return [...INLINE, ...REFERENCE].some((key) => holder.keys().includes(key));
}

function indicatorOf(holder: Field, shelf: OpenSloShelf): Field | null {
  const inline = holder.either(...INLINE).mapping();
  const reference = holder.either(...REFERENCE);
  if (inline.present && reference.present) {
    reference.error(`${reference.key} stands beside ${inline.key}, allowed: one of them`);
    return null;
  }
  if (inline.present) return inline.at('spec').present ? inline.at('spec').mapping() : inline;
  const name = reference.required('an indicator in place, or the name of an SLI document');
  if (name === null) return null;
  const shelved = shelf.find('SLI', name);
  if (shelved !== null) {
    return new Field(shelved.document, shelved.path, holder.notes).at('spec').mapping();
  }
  const names = shelf.names('SLI');
  const known = names.length === 0 ? 'there is none' : names.join(', ');
  reference.error(
    `${reference.key} is ${shown(name)}, and no SLI of these files is called so${didYouMean(name, names)}, allowed: the name of one (${known})`,
  );
  return null;
}

function readRatio(ratio: Field, shelf: OpenSloShelf): OpenSloIndicator | null {
  const cumulative = ratio.either('counter', 'incremental').flag() ?? false;
  if (ratio.at('raw').present) return readRaw(ratio, shelf);
  const parts = (['good', 'bad'] as const).filter((key) => ratio.at(key).present);
  const [role] = parts;
  if (role === undefined || parts.length > 1) {
    const which = role === undefined ? 'neither good nor bad' : 'both good and bad';
    ratio.error(`${ratio.key} has ${which}, allowed: one of them with total, or raw`);
    return null;
  }
  const part = readMetric(ratio.at(role), shelf);
  const total = readMetric(ratio.at('total'), shelf);
  if (part === null || total === null || !sameSource(part, total)) return null;
  return placed(countsSli(role, part.query, total.query, cumulative), total);
}

function readRaw(ratio: Field, shelf: OpenSloShelf): OpenSloIndicator | null {
  const raw = readMetric(ratio.at('raw'), shelf);
  const kind = ratio.at('rawType');
  const type = kind.oneOf('success', 'failure');
  if (!kind.present) kind.required('success or failure, beside raw');
  if (raw === null || type === null) return null;
  return placed(ratioSli(type === 'success' ? 'good' : 'bad', raw.query), raw);
}

/** Judged by the value at the end of each slice. */
function readThreshold(
  threshold: Field,
  objective: Field,
  shelf: OpenSloShelf,
  sliceSeconds: number,
): OpenSloIndicator | null {
  const metric = readMetric(threshold, shelf);
  const op = objective.at('op').oneOf<ComparisonOperator>('lte', 'gte', 'lt', 'gt');
  if (!objective.at('op').present) objective.at('op').required('lte, gte, lt or gt');
  const value = readValue(objective.at('value'));
  if (metric === null || op === null || value === null) return null;
  const { field, text: query } = metric.query;
  if (query.includes(WINDOW_PLACEHOLDER)) {
    field.error(
      `${field.key} is ${shown(field.text())}, allowed: a range such as [5m] instead of a placeholder, since it is read once per slice`,
    );
    return null;
  }
  const sli = { kind: 'threshold', query, op, value, sliceSeconds } as const;
  return placed({ sli, groupBy: groupingOf(query) }, metric);
}

function readValue(field: Field): number | null {
  const text = field.required('the number that the metric is compared with');
  if (text === null) return null;
  if (text !== '' && Number.isFinite(Number(text))) return Number(text);
  field.error(`${field.key} is ${shown(text)}, allowed: a number`);
  return null;
}

function placed(sli: ForeignSli | null, { datasource }: OpenSloMetric): OpenSloIndicator | null {
  return sli === null ? null : { sli, datasource };
}
