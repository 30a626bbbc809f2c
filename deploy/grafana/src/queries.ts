import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  DataqueryBuilder,
  PromQueryFormat,
  QueryEditorMode,
} from '@grafana/grafana-foundation-sdk/prometheus';

/**
 * A query whose rows every replica exports alike, with each row once. Groups by `instance` keep
 * their rows apart: only an instance of Slowburn's own is left out.
 */
export function onceEach(query: string): string {
  const that = (keep: 'and' | 'unless') => `(${query} ${keep} on (instance) slowburn_build_info)`;
  return `(max without (instance) ${that('and')}\nor ${that('unless')})`;
}

/** A metric of SLOs with the matchers of a dashboard's variables, each row once. */
export function slo(metric: string, ...matchers: readonly string[]): string {
  return onceEach(selector(metric, ...matchers));
}

export function selector(metric: string, ...matchers: readonly string[]): string {
  return `${metric}{${matchers.join(',')}}`;
}

/** One value each, of now. */
export function now(expr: string, legend = '__auto'): Builder<Dataquery> {
  return query(expr, legend).instant();
}

/** A series each, over the dashboard's time. */
export function overTime(expr: string, legend = '__auto'): Builder<Dataquery> {
  return query(expr, legend).range();
}

/** Rows of a table: a column for each label, and one for the value that is called `Value #<refId>`. */
export function rows(refId: string, expr: string): Builder<Dataquery> {
  return query(expr, '__auto').instant().format(PromQueryFormat.Table).refId(refId);
}

function query(expr: string, legend: string): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr).legendFormat(legend).editorMode(QueryEditorMode.Code);
}
