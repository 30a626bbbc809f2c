import { COMPARISONS, OVER_INSTANCES } from '../../promql/comparisons';
import { formatSeconds, MINUTE_SECONDS } from '../../domain/duration';
import { toNumber } from '../../domain/fraction';
import type { AvailabilitySli, Budgeting, QuerySli, ThresholdSli } from '../../domain/slo';
import { counterPair, type CounterPair } from '../../promql/counter-pair';
import { fullDifference, ORDINARY_LOOKBACK_SECONDS, type StepShape } from '../../promql/delta';
import { estimateQueries, estimateWindowSeconds } from '../../promql/estimate';
import { presences } from '../../promql/presence';
import { withWindow } from '../../promql/query-check';
import { formatSelector, parseSelector } from '../../promql/selector';
import { groupExpressions } from './group-expressions';
import { recorded, type StepSeries, stepSeries } from './step-series';
import type { RecordingRule } from './rule';
import type { SloRules } from './slo-rules';

/** What the windows of an SLO are summed from. */
export interface CountedSteps {
  readonly series: StepSeries;
  readonly rules: readonly RecordingRule[];
  /** What is counted otherwise than the service does. */
  readonly notes: readonly string[];
}

/** A series that restarted is told from its earlier life for so long, as collection does. */
const SERIES_LOOKBACK_SECONDS = 600;

/**
 * Events and bad events of every step, counted by Prometheus as collection counts them: the same
 * expressions, asked once a minute.
 *
 * @returns a sentence where Prometheus cannot count it by itself
 */
export function countedSteps(of: SloRules, scrapeIntervalSeconds: number): CountedSteps | string {
  const { sli, budgeting } = of.slo;
  if (sli.kind === 'availability') return available(of, sli);
  if (sli.kind === 'threshold') return compared(of, sli);
  const estimate = estimateQueries(of.slo);
  if (estimate !== null)
    return estimated(of, estimate, estimateWindowSeconds(scrapeIntervalSeconds));
  const pair = counterPair(of.slo);
  if (pair === null) return `an SLI of kind ${sli.kind} is counted by Slowburn alone`;
  const minutes = differences(of, pair, scrapeIntervalSeconds);
  return budgeting.kind === 'occurrences' ? minutes : sliced(of, minutes, budgeting);
}

/** A good part that is absent is no good event, a bad one no bad event; neither is above the total. */
function differences(of: SloRules, pair: CounterPair, scrapeIntervalSeconds: number): CountedSteps {
  const shape: StepShape = {
    stepSeconds: MINUTE_SECONDS,
    scrapeIntervalSeconds,
    lookbackSeconds: ORDINARY_LOOKBACK_SECONDS,
    seriesLookbackSeconds: SERIES_LOOKBACK_SECONDS,
    fromLastScrape: false,
    unscraped: false,
  };
  const groups = groupExpressions(of);
  const series = stepSeries(of, MINUTE_SECONDS, 'delta1m');
  const total = groups.named(fullDifference(pair.total, shape));
  // Only what was seen counts, with or without a series: the targets may answer before anything happens.
  const [one, other] = presences(pair.total, MINUTE_SECONDS);
  const seen = `(${one} or ${other})`;
  const events =
    of.groups.length === 0 ? `(${total} or 0 * ${seen}) and ${seen}` : `${total} and on () ${seen}`;
  const part = groups.named(fullDifference(pair.part, shape));
  return {
    series,
    rules: [
      recorded(of, series.events, events),
      recorded(of, series.bad, badOf(of, series, pair.role, part)),
    ],
    notes:
      of.groups.length === 0
        ? []
        : ['a group none of whose series is there is not seen, though its targets may answer'],
  };
}

/** Bad seconds of a minute, from the mean of the gauge. */
function available(of: SloRules, { up, instances }: AvailabilitySli): CountedSteps {
  const { groupBy } = of.slo;
  const by = groupBy.length === 0 ? '' : ` by (${groupBy.join(', ')}) `;
  const gauge = formatSelector(parseSelector(up));
  const share = `${OVER_INSTANCES[instances]}${by}(avg_over_time(${gauge}[59999ms]))`;
  const bad = `${MINUTE_SECONDS} - ${MINUTE_SECONDS} * ${share}`;
  return timed(of, stepSeries(of, MINUTE_SECONDS, 'delta1m'), bad, MINUTE_SECONDS);
}

/** NaN is a missing slice: unlike any value it is not above minus infinity. */
function compared(of: SloRules, { query, op, value, sliceSeconds }: ThresholdSli): CountedSteps {
  const series = stepSeries(of, sliceSeconds, `slice${formatSeconds(sliceSeconds)}`);
  const groups = groupExpressions(of);
  const holds = `((${query}\n) >= -Inf) ${COMPARISONS[op]} bool ${String(value)}`;
  return timed(of, series, `1 - ${groups.ownLeast(holds)}`, 1);
}

/** Steps that stand for time, of which missing ones may be judged. */
function timed(of: SloRules, series: StepSeries, bad: string, unit: number): CountedSteps {
  const groups = groupExpressions(of);
  const named = groups.named(bad);
  const { noData } = of.slo;
  if (noData === 'ignore' || of.groups.length > 0) {
    const events = `${unit} + 0 * ${groups.each(series.bad)}`;
    return {
      series,
      rules: [recorded(of, series.bad, named), recorded(of, series.events, events)],
      notes:
        noData === 'ignore'
          ? []
          : [`noData: ${noData} is left out: which groups are missing is not known to Prometheus`],
    };
  }
  const judged = `(${named}) or vector(${noData === 'bad' ? unit : 0})`;
  return {
    series: { ...series, seen: series.seenAlone },
    rules: [
      recorded(of, series.bad, judged),
      recorded(of, series.events, `vector(${unit})`),
      recorded(of, series.seenAlone, `1 + 0 * (${named})`),
    ],
    notes: [],
  };
}

/** What queries answer over a window; asked every minute, summed from window to window. */
function estimated(of: SloRules, counts: QuerySli['counts'], seconds: number): CountedSteps {
  const groups = groupExpressions(of);
  const window = formatSeconds(seconds);
  const ask = (query: string) =>
    groups.named(groups.ownGreatest(`(${withWindow(query, `${seconds}s`)}\n) >= -Inf`));
  if (counts.role === 'errorRatio') {
    const series = stepSeries(of, seconds, `ratio${window}`);
    const events = `1 + 0 * ${groups.each(series.bad)}`;
    return {
      series,
      rules: [recorded(of, series.bad, ask(counts.ratio)), recorded(of, series.events, events)],
      notes: [],
    };
  }
  const series = stepSeries(of, seconds, `increase${window}`);
  return {
    series,
    rules: [
      recorded(of, series.events, ask(counts.total)),
      recorded(of, series.bad, badOf(of, series, counts.role, ask(counts.part))),
    ],
    notes: [],
  };
}

function badOf(of: SloRules, series: StepSeries, role: 'good' | 'bad', part: string): string {
  const events = groupExpressions(of).each(series.events);
  const within = `(${part} or 0 * ${events}) <= ${events} or ${events}`;
  return role === 'bad' ? within : `${events} - (${within})`;
}

/** Slices with events, each bad as a whole or as far as its own ratio says. */
function sliced(
  of: SloRules,
  { series: minutes, rules, notes }: CountedSteps,
  budgeting: Exclude<Budgeting, { readonly kind: 'occurrences' }>,
): CountedSteps {
  const { sliceSeconds } = budgeting;
  const series = stepSeries(of, sliceSeconds, `slice${formatSeconds(sliceSeconds)}`);
  const events = minutes.sum(minutes.events, sliceSeconds);
  const ratio = `${minutes.sum(minutes.bad, sliceSeconds)} / (${events} > 0)`;
  const bad =
    budgeting.kind === 'timeslices'
      ? `${ratio} > bool ${toNumber(budgeting.sliceObjective.budget)}`
      : ratio;
  return {
    series,
    rules: [
      ...rules,
      recorded(of, series.bad, `${bad} or 0 * ${events}`),
      recorded(of, series.events, `${events} > bool 0`),
    ],
    notes,
  };
}
