import type { InstantSample, Labels, Series } from '../collection/series-source';
import { BadAnswer } from './bad-answer';

/**
 * Samples of an instant query; a scalar is one without labels.
 *
 * @throws BadAnswer rejected for another result type: the query is not one that counts
 */
export function samplesOf(data: unknown): readonly InstantSample[] {
  const { resultType, result } = resultOf(data);
  if (resultType === 'scalar') return [{ labels: {}, value: valueOf(listOf(result)) }];
  if (resultType !== 'vector') throw wrongType(resultType, 'a vector or scalar');
  return listOf(result).map((item) => ({
    labels: labelsOf(field(item, 'metric')),
    value: valueOf(listOf(floatsOf(item, 'value'))),
  }));
}

/** Series of a range query. @throws BadAnswer rejected for anything but a matrix */
export function seriesOf(data: unknown): readonly Series[] {
  const { resultType, result } = resultOf(data);
  if (resultType !== 'matrix') throw wrongType(resultType, 'a matrix');
  return listOf(result).map((item) => {
    const at: number[] = [];
    const values: number[] = [];
    // Up to millions of pairs: an object for each would cost as much as reading the JSON.
    for (const pair of listOf(floatsOf(item, 'values'))) {
      const sample = listOf(pair);
      at.push(timeOf(sample));
      values.push(valueOf(sample));
    }
    return { labels: labelsOf(field(item, 'metric')), at, values };
  });
}

/**
 * Raw samples; those that are no number are none. VictoriaMetrics shows the marker that ends a
 * series as NaN, where Prometheus leaves it out, so that a NaN of its own is all that it shows.
 */
export function scrapedSeriesOf(data: unknown): readonly Series[] {
  return seriesOf(data).map((series) =>
    series.values.some(Number.isNaN) ? withoutNaN(series) : series,
  );
}

function withoutNaN({ labels, at, values }: Series): Series {
  return {
    labels,
    at: at.filter((_, k) => !Number.isNaN(values[k])),
    values: values.filter((value) => !Number.isNaN(value)),
    endedAt: at.filter((_, k) => Number.isNaN(values[k])),
  };
}

export function labelSetsOf(data: unknown): readonly Labels[] {
  return listOf(data).map(labelsOf);
}

function resultOf(data: unknown): { readonly resultType: unknown; readonly result: unknown } {
  return { resultType: field(data, 'resultType'), result: field(data, 'result') };
}

/** Native histograms come under another key; a figure made of the floats alone would be wrong. */
function floatsOf(item: unknown, key: 'value' | 'values'): unknown {
  if (field(item, 'histogram') !== undefined || field(item, 'histograms') !== undefined) {
    throw new BadAnswer(
      'rejected',
      'answered with native histograms, allowed: numbers; use histogram_count or histogram_fraction',
    );
  }
  return field(item, key);
}

function timeOf(pair: readonly unknown[]): number {
  const at = pair[0];
  if (typeof at !== 'number') throw unreadable('sample', pair);
  return at;
}

function valueOf(pair: readonly unknown[]): number {
  const text = pair[1];
  if (typeof text !== 'string') throw unreadable('sample', pair);
  const value = Number(text);
  // Number reads '' as 0 and Go's infinities as NaN.
  if (Number.isNaN(value) || text === '') return unusualValueOf(text);
  return value;
}

function unusualValueOf(text: string): number {
  if (text === '+Inf' || text === 'Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  if (text === 'NaN') return NaN;
  throw unreadable('value', text);
}

function labelsOf(value: unknown): Labels {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadable('label set', value);
  }
  if (!Object.values(value).every((label) => typeof label === 'string')) {
    throw unreadable('label set', value);
  }
  return value as Labels;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw unreadable('list', value);
  return value;
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function wrongType(resultType: unknown, allowed: string): BadAnswer {
  return new BadAnswer(
    'rejected',
    `answered with the result type ${text(resultType)}, allowed: ${allowed}`,
  );
}

function unreadable(what: string, value: unknown): BadAnswer {
  return new BadAnswer('unavailable', `answered with a ${what} that is none: ${text(value)}`, {
    retry: true,
  });
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}
