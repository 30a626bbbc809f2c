import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { INFINITY } from './frame';

/** A field of an answer: where it stands in a row, what the panel calls it, and what it is. */
export interface Field {
  /** With dots: `budget.remainingRatio`. */
  readonly selector: string;
  readonly text: string;
  readonly type: 'string' | 'number' | 'timestamp';
}

export interface RestQuery {
  /** From the data source's address on; dashboard variables and all. */
  readonly path: string;
  /** The field of the answer that holds the rows. */
  readonly rows: string;
  readonly fields: readonly Field[];
  readonly format: 'table' | 'timeseries';
}

/** What the Infinity data source is asked, in its backend form, which alerts and shared panels can use. */
export interface InfinityQuery extends Dataquery {
  readonly refId: string;
  readonly datasource: typeof INFINITY;
  readonly type: 'json';
  readonly source: 'url';
  readonly parser: 'backend';
  readonly format: RestQuery['format'];
  readonly url: string;
  readonly url_options: { readonly method: 'GET'; readonly data: '' };
  readonly root_selector: string;
  readonly columns: readonly Field[];
}

/** Asks Slowburn over REST. */
export function rest(query: RestQuery, refId = 'A'): Builder<Dataquery> {
  return { build: () => infinityQuery(query, refId) };
}

/** The same as the values of a variable: `__text` is shown, `__value` is used. */
export function restVariable(query: RestQuery): Readonly<Record<string, unknown>> {
  return {
    queryType: 'infinity',
    query: '',
    refId: 'variable',
    infinityQuery: infinityQuery(query, 'variable'),
  };
}

function infinityQuery({ path, rows, fields, format }: RestQuery, refId: string): InfinityQuery {
  return {
    refId,
    datasource: INFINITY,
    type: 'json',
    source: 'url',
    parser: 'backend',
    format,
    url: path,
    url_options: { method: 'GET', data: '' },
    root_selector: rows,
    columns: fields,
    _implementsDataqueryVariant: () => undefined,
  };
}
