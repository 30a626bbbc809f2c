import { formatSeconds, MINUTE_SECONDS } from '../../domain/duration';
import type { Selector } from '../../promql/selector';
import { parseSyntax } from '../../promql/syntax';
import { over, series } from './expression';
import type { RecordingRule } from './rule';
import type { SloRules } from './slo-rules';

/** The recorded series of an SLO's steps, and how those of a window are taken together. */
export interface StepSeries {
  /** Of a step: a minute, or a slice. */
  readonly seconds: number;
  readonly events: Selector;
  readonly bad: Selector;
  /** There whenever something was seen. */
  readonly seen: Selector;
  /** Where missing time is judged, so that events are there always. */
  readonly seenAlone: Selector;
  sum(of: Selector, windowSeconds: number): string;
  /** Steps of a window that are there. */
  count(of: Selector, windowSeconds: number): string;
}

export function stepSeries(of: SloRules, seconds: number, suffix: string): StepSeries {
  const named = (name: string) => series(`slo:${name}:${suffix}`, of.identity);
  const events = named('events');
  const range = (selector: Selector, windowSeconds: number) =>
    over(selector, windowOf(windowSeconds, seconds));
  return {
    seconds,
    events,
    bad: named('bad_events'),
    seen: events,
    seenAlone: named('seen'),
    sum: (selector, windowSeconds) => `sum_over_time(${range(selector, windowSeconds)})`,
    count: (selector, windowSeconds) => `count_over_time(${range(selector, windowSeconds)})`,
  };
}

/**
 * The steps that end within a window. Minutes are its samples, one short of both edges, which are
 * within the range on Prometheus 2 and outside on 3. Slices are those of the clock, whose ends a
 * subquery finds by itself.
 */
function windowOf(windowSeconds: number, stepSeconds: number): string {
  return stepSeconds === MINUTE_SECONDS
    ? formatSeconds(windowSeconds - MINUTE_SECONDS / 2)
    : `${formatSeconds(windowSeconds - 1)}:${formatSeconds(stepSeconds)}`;
}

/** @throws PromqlError when the expression is no PromQL */
export function recorded(of: SloRules, { metric }: Selector, expr: string): RecordingRule {
  parseSyntax(expr);
  return { record: metric, expr, labels: of.identity };
}
