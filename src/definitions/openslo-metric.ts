import { shown } from '../yaml/shown';
import { Field } from './foreign-field';
import { type ForeignQuery, foreignQuery } from './foreign-sli';
import type { Named } from './foreign-slo';
import { DEFAULT_DATASOURCE } from './native-slo';
import type { OpenSloShelf } from './openslo-shelf';

/** A query, and the configured source that it is asked of; null for the default one. */
export interface OpenSloMetric {
  readonly query: ForeignQuery;
  readonly datasource: Named | null;
}

/** Types that speak PromQL, and what Sloth calls its own. */
const PROMETHEUS = ['prometheus', 'thanos', 'mimir', 'cortex', 'victoriametrics', 'sloth'];
const QUERY_TYPES = ['promql', 'query'];
const DETAILS = 'data sources, and their secrets, stand in slowburn.yaml';

/**
 * A metric in the shape of any version: v1 wraps it in `metricSource`, v2alpha has `dataSourceRef`
 * or `dataSourceSpec` beside `spec`, v1alpha all in one mapping.
 */
export function readMetric(metric: Field, shelf: OpenSloShelf): OpenSloMetric | null {
  if (!metric.mapping().present) {
    metric.error(`${metric.key} is missing, allowed: a metric with its query`);
    return null;
  }
  const wrapped = metric.at('metricSource').mapping();
  const source = wrapped.present ? wrapped : metric;
  const datasource = readSource(source, shelf);
  const spec = source.at('spec').mapping();
  const holder = spec.present ? spec : source;
  if (!asksPromql(holder.at('queryType')) || datasource === undefined) {
    holder.take();
    return null;
  }
  const query = foreignQuery(holder.either('query', 'promql', 'expr'));
  return query === null ? null : { query, datasource };
}

/** v1alpha says in which language the query is. */
function asksPromql(type: Field): boolean {
  const text = type.text();
  if (text === null || QUERY_TYPES.includes(text.toLowerCase())) return true;
  type.error(`queryType is ${shown(text)}, allowed: ${QUERY_TYPES.join(', ')}`);
  return false;
}

/** The source's name, null for the default one, undefined when it is none that speaks PromQL. */
function readSource(source: Field, shelf: OpenSloShelf): Named | null | undefined {
  const inline = source.at('dataSourceSpec').mapping();
  inline.at('connectionDetails').drop(DETAILS);
  const type = inline.present ? inline.at('type') : source.at('type');
  if (!speaksPromql(type)) return undefined;
  const ref = source.either('metricSourceRef', 'dataSourceRef', 'source');
  const name = ref.text();
  if (name === null || name === '') return null;
  // v1alpha names a type or a source in the one field.
  if (ref.key === 'source' && PROMETHEUS.includes(name.toLowerCase())) return null;
  return datasourceSpeaksPromql(name, ref, shelf) ? { name, at: ref } : undefined;
}

function datasourceSpeaksPromql(name: string, ref: Field, shelf: OpenSloShelf): boolean {
  const shelved = shelf.find('DataSource', name);
  if (shelved === null) return true;
  const type = new Field(shelved.document, [...shelved.path, 'spec', 'type'], ref.notes).text();
  if (type === null || PROMETHEUS.includes(type.toLowerCase())) return true;
  ref.error(`${ref.key} is ${shown(name)}, a DataSource of type ${shown(type)}, ${ALLOWED}`);
  return false;
}

const ALLOWED =
  'allowed: Prometheus, or what speaks PromQL (Thanos, Mimir, Cortex, VictoriaMetrics)';

function speaksPromql(type: Field): boolean {
  const text = type.text();
  if (text === null || PROMETHEUS.includes(text.toLowerCase())) return true;
  type.error(`${type.key} is ${shown(text)}, ${ALLOWED}`);
  return false;
}

/** Good and total of one SLI are asked of one source. */
export function sameSource(a: OpenSloMetric, b: OpenSloMetric): boolean {
  const [own, other] = [a, b].map(({ datasource }) => datasource?.name ?? DEFAULT_DATASOURCE);
  if (own === other) return true;
  (a.datasource?.at ?? a.query.field).error(
    `the data source is ${shown(own)}, but of the total ${shown(other)}, allowed: one for both`,
  );
  return false;
}
