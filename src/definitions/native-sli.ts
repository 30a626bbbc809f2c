import { parseDuration, parseSeconds, DAY_SECONDS, MINUTE_SECONDS } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import type { QuerySli, RatioSli, Sli } from '../domain/slo';
import { PromqlError } from '../promql/promql-error';
import { checkQuery, WINDOW_PLACEHOLDER } from '../promql/query-check';
import { parseSelector } from '../promql/selector';
import { didYouMean } from '../yaml/suggestion';
import { shown } from '../yaml/shown';
import type { Path } from '../yaml/problem';
import type { Findings } from './findings';
import type { NativeCounts, NativeSli } from './native-document';

export const DEFAULT_SLICE = '5m';

/** What is counted, or null when something about it is wrong. */
export function readSli(sli: NativeSli, findings: Findings): Sli | null {
  const before = findings.problems.length;
  const read = readKind(sli, findings);
  return findings.problems.length === before ? read : null;
}

function readKind(sli: NativeSli, findings: Findings): Sli | null {
  if (sli.ratio?.query !== undefined) return readRatioQuery(sli.ratio, findings);
  if (sli.ratio !== undefined) return readRatio(sli.ratio, findings);
  if (sli.latency !== undefined) return readLatency(sli.latency, findings);
  if (sli.availability !== undefined) {
    const { up, instances = 'any' } = sli.availability;
    selector(up, ['sli', 'availability', 'up'], findings);
    return { kind: 'availability', up, instances };
  }
  if (sli.threshold !== undefined) return readThreshold(sli.threshold, findings);
  return sli.query === undefined ? null : readQuery(sli.query, ['sli', 'query'], findings);
}

function readRatio(ratio: NativeCounts, findings: Findings): RatioSli | null {
  const path = ['sli', 'ratio'];
  const part = partOf(ratio, path, findings);
  if (ratio.total === undefined) {
    findings.error(path, 'ratio has no total, allowed: total with either good or bad, or query');
  } else {
    selector(ratio.total, [...path, 'total'], findings);
  }
  if (part === null || ratio.total === undefined) return null;
  selector(part.text, [...path, part.role], findings);
  return { kind: 'ratio', total: ratio.total, part: { role: part.role, selector: part.text } };
}

function readRatioQuery(
  { query, ...others }: NativeCounts & { readonly query?: NativeCounts },
  findings: Findings,
): QuerySli | null {
  const path = ['sli', 'ratio'];
  for (const key of Object.keys(others)) {
    findings.error([...path, key], `${key} stands beside query, allowed: one of them`);
  }
  return readQuery(query ?? {}, [...path, 'query'], findings);
}

function readQuery(counts: NativeCounts, path: Path, findings: Findings): QuerySli | null {
  const { errorRatio, total } = counts;
  if (errorRatio !== undefined) {
    for (const key of Object.keys(counts).filter((name) => name !== 'errorRatio')) {
      findings.error([...path, key], `${key} stands beside errorRatio, allowed: one of them`);
    }
    windowQuery(errorRatio, [...path, 'errorRatio'], findings);
    return { kind: 'query', counts: { role: 'errorRatio', ratio: errorRatio } };
  }
  const part = partOf(counts, path, findings);
  if (total === undefined) {
    findings.error(
      path,
      'query has no total, allowed: total with either good or bad, or errorRatio',
    );
  } else {
    windowQuery(total, [...path, 'total'], findings);
  }
  if (part === null || total === undefined) return null;
  windowQuery(part.text, [...path, part.role], findings);
  return { kind: 'query', counts: { role: part.role, part: part.text, total } };
}

function partOf(
  { good, bad }: NativeCounts,
  path: Path,
  findings: Findings,
): { readonly role: 'good' | 'bad'; readonly text: string } | null {
  if (good !== undefined && bad !== undefined) {
    findings.error(
      [...path, 'bad'],
      'good and bad are both given, allowed: one, the other is total minus it',
    );
    return null;
  }
  if (good !== undefined) return { role: 'good', text: good };
  if (bad !== undefined) return { role: 'bad', text: bad };
  findings.error(path, `${String(path.at(-1))} has neither good nor bad, allowed: one of them`);
  return null;
}

function readLatency(latency: NonNullable<NativeSli['latency']>, findings: Findings): Sli {
  const path = ['sli', 'latency'];
  const { histogram, threshold, native = false } = latency;
  findings.attempt([...path, 'histogram'], () => {
    const { metric, matchers } = parseSelector(histogram);
    const suffix = /_(bucket|count|sum)$/.exec(metric)?.[0];
    if (suffix !== undefined && !native) {
      const stem = metric.slice(0, -suffix.length);
      throw new InvalidValue('histogram', metric, `its name without the suffix, ${stem}`);
    }
    if (matchers.some(({ label }) => label === 'le')) {
      throw new PromqlError(
        'le is chosen by the threshold, leave it out',
        histogram.indexOf('le'),
        histogram,
      );
    }
  });
  return {
    kind: 'latency',
    histogram,
    thresholdSeconds: secondsText(parseDuration(threshold)),
    native,
  };
}

function readThreshold(
  threshold: NonNullable<NativeSli['threshold']>,
  findings: Findings,
): Sli | null {
  const path = ['sli', 'threshold'];
  const { query, op, value, slice = DEFAULT_SLICE } = threshold;
  if (query.includes(WINDOW_PLACEHOLDER)) {
    findings.error(
      [...path, 'query'],
      `query is ${shown(query)}, allowed: a range such as [5m] instead of ${WINDOW_PLACEHOLDER}, since it is read once per slice`,
    );
  } else {
    findings.attempt([...path, 'query'], () => {
      checkQuery(query);
    });
  }
  const sliceSeconds = findings.attempt([...path, 'slice'], () => parseSlice(slice));
  return sliceSeconds === null ? null : { kind: 'threshold', query, op, value, sliceSeconds };
}

/** @throws InvalidValue unless whole slices make up a day, so that they lie the same every day */
export function parseSlice(text: string): number {
  const seconds = parseSeconds(text);
  if (seconds % MINUTE_SECONDS !== 0 || DAY_SECONDS % seconds !== 0) {
    throw new InvalidValue(
      'slice',
      text,
      'whole minutes that divide a day, such as 1m, 5m, 10m or 1h',
    );
  }
  return seconds;
}

function selector(text: string, path: Path, findings: Findings): void {
  findings.attempt(path, () => parseSelector(text));
}

function windowQuery(text: string, path: Path, findings: Findings): void {
  if (!text.includes(WINDOW_PLACEHOLDER)) {
    const slip = didYouMean(/\$\w+/.exec(text)?.[0] ?? '', [WINDOW_PLACEHOLDER]);
    findings.error(
      path,
      `${String(path.at(-1))} is ${shown(text)}, allowed: PromQL over the range [${WINDOW_PLACEHOLDER}]${slip}`,
    );
    return;
  }
  findings.attempt(path, () => {
    checkQuery(text);
  });
}

/** Milliseconds as a decimal of seconds: 500 is `0.5`. */
export function secondsText(milliseconds: number): string {
  const thousandths = String(milliseconds % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(milliseconds / 1000));
  return thousandths === '' ? whole : `${whole}.${thousandths}`;
}
