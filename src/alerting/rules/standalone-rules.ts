import type { SeverityTier } from '../../domain/alert-tiers';
import { DAY_SECONDS, formatSeconds, MINUTE_SECONDS } from '../../domain/duration';
import { type Fraction, toNumber } from '../../domain/fraction';
import type { Slo } from '../../domain/slo';
import { windowName } from '../../domain/slo-window';
import { LEAST_COVERAGE_RATIO } from '../../domain/coverage';
import { NO_DATA_AFTER_SECONDS } from '../../domain/status';
import { lookBacksOf } from '../../evaluation/look-back';
import { formatSelector, type Selector } from '../../promql/selector';
import { ALERT_NAMES } from '../alert';
import { all, either, enclosed, over, readBack, series } from './expression';
import type { AlertingRule, RecordingRule, Rule } from './rule';
import { severityIfWanted, type SloRules, tierText } from './slo-rules';
import { type CountedSteps, countedSteps } from './standalone-steps';

/** Rules of one SLO that work without this service. */
export interface StandaloneRules {
  /** Of every minute. */
  readonly burn: readonly Rule[];
  /** Of the whole SLO window, which is long and changes slowly. */
  readonly budget: readonly Rule[];
  readonly notes: readonly string[];
}

/**
 * Recording rules that count as collection does, minute by minute, and alerts on their sums.
 *
 * @param at epoch seconds; calendar windows have the tiers of their period
 * @returns a sentence where Prometheus cannot count it by itself
 */
export function standaloneRules(
  of: SloRules,
  scrapeIntervalSeconds: number,
  at: number,
): StandaloneRules | string {
  const steps = countedSteps(of, scrapeIntervalSeconds);
  if (typeof steps === 'string') return steps;
  const { slo } = of;
  const { tiers } = lookBacksOf(slo, at);
  const windows = tiers.flatMap(({ tier }) => [tier.longSeconds, tier.shortSeconds]);
  const lengths = [...new Set(windows)].sort((a, b) => a - b);
  const noData = severityIfWanted(slo, 'noData');
  return {
    burn: [
      ...steps.rules,
      ...lengths.map((seconds) => errorRatio(of, steps, seconds)),
      ...tiers.map((severe) => burnAlert(of, steps, severe)),
      ...(noData === null ? [] : [noDataAlert(of, steps, noData)]),
    ],
    budget: budgetRules(of, steps),
    notes: [...steps.notes, ...calendarNotes(slo)],
  };
}

/** Bad by all events of a window: 0 where nothing happened, absent where less than half was seen. */
function errorRatio(of: SloRules, { series: steps }: CountedSteps, seconds: number): RecordingRule {
  const { events, bad } = steps;
  const sum = steps.sum(events, seconds);
  const least = Math.ceil((LEAST_COVERAGE_RATIO * seconds) / steps.seconds);
  const ratio = either([`${steps.sum(bad, seconds)} / (${sum} > 0)`, `0 * ${sum}`]);
  const expr = all([enclosed(ratio), `${steps.count(events, seconds)} >= ${least}`]);
  const { metric } = ratioOver(of, formatSeconds(seconds));
  return { record: metric, expr: readBack(expr, [events, bad]), labels: of.identity };
}

function burnAlert(
  of: SloRules,
  { series: steps }: CountedSteps,
  severe: SeverityTier,
): AlertingRule {
  const { tier, severity } = severe;
  const told = tierText(severe);
  const [long, short] = [ratioOver(of, told.long), ratioOver(of, told.short)];
  const above = toNumber(product(tier.factor, of.slo.objective.budget));
  const { minEvents, minBadEvents } = of.slo;
  const within = (counted: Selector) => steps.sum(counted, tier.longSeconds);
  const guards =
    tier.kind === 'ticket'
      ? []
      : [
          ...(minEvents === null ? [] : [`${within(steps.events)} >= ${minEvents}`]),
          ...(minBadEvents === null ? [] : [`${within(steps.bad)} >= ${minBadEvents}`]),
        ];
  const [longText, shortText] = [formatSelector(long), formatSelector(short)];
  const fires = all([`${longText} > ${above}`, `${shortText} > ${above}`, ...guards]);
  const firing = series('ALERTS', {
    alertname: ALERT_NAMES.burn,
    alertstate: 'firing',
    ...of.identity,
    severity,
    long: told.long,
    short: told.short,
  });
  // Where too little was seen to know, the alert stays as it is.
  const held = `max by (${of.by.join(', ')}) (${formatSelector(firing)})`;
  const stays = `${held}\nunless\n(${longText} and ${shortText})`;
  return {
    alert: ALERT_NAMES.burn,
    expr: readBack(either([fires, stays]), [long, short, firing, steps.events, steps.bad]),
    labels: of.labels(ALERT_NAMES.burn, { kind: tier.kind, severity }, told.windows),
    annotations: of.burnAnnotations(told, told.factor),
  };
}

/** Silence is told from nothing having ever been seen, of which no group is known. */
function noDataAlert(
  of: SloRules,
  { series: steps }: CountedSteps,
  severity: string,
): AlertingRule {
  const slice = steps.seconds === MINUTE_SECONDS ? 0 : steps.seconds;
  const late = formatSeconds(NO_DATA_AFTER_SECONDS + slice + MINUTE_SECONDS / 2);
  const { seen } = steps;
  const groups = over(seen, formatSeconds(DAY_SECONDS));
  const silent = `last_over_time(${groups}) unless last_over_time(${over(seen, late)})`;
  const expr =
    of.groups.length === 0
      ? `absent_over_time(${over(seen, late)})`
      : `max by (${of.by.join(', ')}) (${silent})`;
  return {
    alert: ALERT_NAMES.noData,
    expr: readBack(expr, [seen]),
    labels: of.labels(ALERT_NAMES.noData, { kind: 'ticket', severity }),
    annotations: of.noDataAnnotations(),
  };
}

/** The budget of a rolling window; since when a calendar one runs is nothing that PromQL can look back to. */
function budgetRules(of: SloRules, { series: steps }: CountedSteps): readonly Rule[] {
  const { window, objective } = of.slo;
  if (window.kind === 'calendar') return [];
  const [events, bad] = [
    steps.sum(steps.events, window.seconds),
    steps.sum(steps.bad, window.seconds),
  ];
  const consumed = series('slo:error_budget:consumed_ratio', of.identity);
  const share = `${bad} / (${events} > 0) / ${toNumber(objective.budget)}`;
  const record: RecordingRule = {
    record: consumed.metric,
    expr: readBack(either([share, `0 * ${events}`]), [steps.events, steps.bad]),
    labels: of.identity,
  };
  const severity = severityIfWanted(of.slo, 'exhausted');
  if (severity === null) return [record];
  const spent: AlertingRule = {
    alert: ALERT_NAMES.exhausted,
    expr: readBack(`${formatSelector(consumed)} >= 1`, [consumed]),
    labels: of.labels(ALERT_NAMES.exhausted, { kind: 'ticket', severity }),
    annotations: of.exhaustedAnnotations(),
  };
  return [record, spent];
}

function calendarNotes({ window }: Slo): readonly string[] {
  if (window.kind === 'rolling') return [];
  return [
    `the budget of a calendar ${windowName(window)} is not told, and the factors are those of the present one`,
  ];
}

function ratioOver(of: SloRules, window: string): Selector {
  return series(`slo:error_ratio:over_${window}`, of.identity);
}

function product(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}
