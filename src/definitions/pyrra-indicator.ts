import { parseDuration } from '../domain/duration';
import { formatSelector, parseSelector } from '../promql/selector';
import { shown } from '../yaml/shown';
import type { Field } from './foreign-field';
import { latencyOf } from './foreign-latency';
import type { ForeignSli } from './foreign-sli';
import { secondsText } from './native-sli';

/** Pyrra's selectors are plain, and are counted as they stand. */
export function readPyrraIndicator(indicator: Field): ForeignSli | null {
  const kinds = {
    ratio: readRatio,
    latency: readLatency,
    latencyNative: readNativeLatency,
    bool_gauge: readGauge,
  };
  const given = Object.entries(kinds).filter(([key]) => indicator.keys().includes(key));
  const [only] = given;
  if (only === undefined || given.length > 1) {
    indicator.error(
      `indicator holds ${given.length === 0 ? 'none' : 'several'} of its kinds, allowed: exactly one of ${Object.keys(kinds).join(', ')}`,
    );
    return null;
  }
  const [key, read] = only;
  return read(indicator.at(key).mapping());
}

function readRatio(ratio: Field): ForeignSli | null {
  const bad = readSelector(ratio.at('errors').mapping());
  const total = readSelector(ratio.at('total').mapping());
  const groupBy = readGrouping(ratio);
  if (bad === null || total === null) return null;
  return { sli: { kind: 'ratio', total, part: { role: 'bad', selector: bad } }, groupBy };
}

/** The threshold stands in the selector of the good requests. */
function readLatency(latency: Field): ForeignSli | null {
  const success = latency.at('success').mapping();
  const good = readSelector(success);
  const total = readSelector(latency.at('total').mapping());
  const groupBy = readGrouping(latency);
  if (good === null || total === null) return null;
  if (!parseSelector(good).matchers.some(({ label }) => label === 'le')) {
    success
      .at('metric')
      .error(
        `metric is ${shown(success.at('metric').value)}, allowed: a selector with the threshold as le="…"`,
      );
    return null;
  }
  if (groupBy.includes('le')) {
    latency
      .at('grouping')
      .error('grouping holds le, allowed: labels other than le, which tells the buckets apart');
    return null;
  }
  const sli = latencyOf(good, total);
  const ratio = { kind: 'ratio', total, part: { role: 'good', selector: good } } as const;
  return { sli: sli ?? ratio, groupBy };
}

function readNativeLatency(latency: Field): ForeignSli | null {
  const histogram = readSelector(latency.at('total').mapping());
  const field = latency.at('latency');
  const text = field.required('a duration such as 200ms');
  const milliseconds = text === null ? null : field.attempt(() => parseDuration(text));
  const groupBy = readGrouping(latency);
  if (histogram === null || milliseconds === null) return null;
  const thresholdSeconds = secondsText(milliseconds);
  return { sli: { kind: 'latency', histogram, thresholdSeconds, native: true }, groupBy };
}

/** Pyrra divides the sum of all samples by their number: every instance weighs the same. */
function readGauge(gauge: Field): ForeignSli | null {
  const up = readSelector(gauge);
  const groupBy = readGrouping(gauge);
  return up === null ? null : { sli: { kind: 'availability', up, instances: 'average' }, groupBy };
}

function readSelector(holder: Field): string | null {
  // Pyrra's own example writes them, and Pyrra then counts without them.
  if (holder.at('matchers').present) {
    holder
      .at('matchers')
      .error('matchers is read by nobody, allowed: within metric, such as a_total{job="api"}');
  }
  const field = holder.at('metric');
  const text = field.required('a selector such as http_requests_total{job="api"}');
  if (text === null) return null;
  const [, selector = text, offset] = /^(.*\S)\s+offset\s+(\S+)$/is.exec(text) ?? [];
  const plain = field.attempt(() => formatSelector(parseSelector(selector)));
  if (plain !== null && offset !== undefined) {
    field.warning(
      `not carried over: offset ${offset}; steps are read once the source has their samples`,
    );
  }
  return plain;
}

function readGrouping(holder: Field): readonly string[] {
  return holder
    .at('grouping')
    .items()
    .flatMap((item) => {
      const label = item.required('a label name');
      if (label === null) return [];
      if (/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) return [label];
      item.error(`${item.key} is ${shown(label)}, allowed: a Prometheus label name`);
      return [];
    });
}
