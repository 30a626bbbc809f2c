/** Every metric this service exposes about SLOs and itself; other people's rules hold these names. */
export interface MetricName {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
}

const gauge = (name: string, help: string): MetricName => ({ name, type: 'gauge', help });
const counter = (name: string, help: string): MetricName => ({ name, type: 'counter', help });

export const SLO_METRICS = {
  objective: gauge('slo_objective_ratio', 'Share of events that must be good.'),
  window: gauge('slo_window_seconds', 'Length of the SLO window.'),
  sli: gauge('slo_sli_ratio', 'Good events by total events over the SLO window.'),
  remaining: gauge(
    'slo_error_budget_remaining_ratio',
    'Share of the error budget that is left; negative when overspent.',
  ),
  consumed: gauge('slo_error_budget_consumed_ratio', 'Share of the error budget that is spent.'),
  remainingSeconds: gauge(
    'slo_error_budget_remaining_seconds',
    'Error budget that is left as time of a full outage; negative when overspent.',
  ),
  burnRate: gauge('slo_burn_rate', 'How many times faster than on budget the window burned.'),
  firing: gauge('slo_alert_firing', 'Whether both windows of an alert tier burn above its factor.'),
  good: counter('slo_good_events_total', 'Good events counted into the ledger.'),
  total: counter('slo_events_total', 'Events counted into the ledger.'),
  coverage: gauge('slo_coverage_ratio', 'Share of the SLO window in which the source was seen.'),
  dataAge: gauge('slo_data_age_seconds', 'Time since the end of the last step with data.'),
  status: gauge(
    'slo_status',
    'How the SLO is doing: 0 no data, 1 exhausted, 2 critical, 3 at risk, 4 healthy.',
  ),
  info: gauge('slo_info', 'Description, team, window and objective of an SLO; always 1.'),
} as const;

export const OWN_METRICS = {
  build: gauge('slowburn_build_info', 'Version of the running service; always 1.'),
  ledgerUp: gauge('slowburn_ledger_up', "Whether the ledger's database answered."),
  evaluationDuration: gauge(
    'slowburn_evaluation_duration_seconds',
    'Duration of the last evaluation.',
  ),
  evaluatedAt: gauge(
    'slowburn_last_evaluation_timestamp_seconds',
    'The instant that the figures on this page are of.',
  ),
  tickDuration: gauge(
    'slowburn_collection_duration_seconds',
    'Duration of the last collection tick.',
  ),
  tickAt: gauge(
    'slowburn_last_collection_timestamp_seconds',
    'When collection last completed a tick.',
  ),
  lag: gauge(
    'slowburn_collection_lag_seconds',
    'Time from the oldest watermark to the newest due step.',
  ),
  slos: gauge('slowburn_slos', 'SLOs that are defined.'),
  streams: gauge('slowburn_streams', 'Streams of the ledger that are collected.'),
  failing: gauge('slowburn_failing_slos', 'SLOs whose last collection failed.'),
  definitionProblems: gauge('slowburn_definition_problems', 'Faults in the definition files.'),
  missedSteps: counter('slowburn_missed_steps_total', 'Steps closed without data.'),
  retriedSteps: counter(
    'slowburn_retried_steps_total',
    'Steps that another writer had already written.',
  ),
  writtenSteps: counter('slowburn_written_steps_total', 'Steps written to the ledger.'),
  amendedSteps: counter('slowburn_amended_steps_total', 'Steps corrected after late data.'),
  flaggedSteps: counter('slowburn_flagged_steps_total', 'Steps by what was noticed about them.'),
  leases: gauge('slowburn_leases_held', 'Collection units that this replica holds.'),
  queries: counter('slowburn_queries_total', 'Requests to data sources by outcome.'),
  queriesPerTick: gauge('slowburn_tick_queries', 'Queries that the last tick needed.'),
  sourceUp: gauge('slowburn_datasource_up', 'Whether the data source answered last time.'),
  sourceSkew: gauge(
    'slowburn_datasource_clock_skew_seconds',
    "The data source's clock minus ours.",
  ),
  alertsSent: counter(
    'slowburn_alerts_sent_total',
    'Alerts sent to a receiver by outcome, each time they were sent counted.',
  ),
  receiverUp: gauge(
    'slowburn_alert_receiver_up',
    'Whether the receiver of alerts took the last ones.',
  ),
  reportsDelivered: counter(
    'slowburn_report_deliveries_total',
    'Closed reports brought to a target, and attempts that failed, by outcome.',
  ),
  reportsPending: gauge(
    'slowburn_report_deliveries_pending',
    'Closed reports that wait to be brought to a target.',
  ),
  reportTargetUp: gauge(
    'slowburn_report_target_up',
    'Whether the target took the last report that was brought to it.',
  ),
  backfillDone: gauge('slowburn_backfill_done_seconds', 'History that has been read.'),
  backfillTotal: gauge('slowburn_backfill_wanted_seconds', 'History that is wanted.'),
} as const;

/** Names that Sloth's recording rules give and its dashboards ask for; opt-in. */
export const SLOTH_METRICS = {
  objective: gauge('slo:objective:ratio', 'Share of events that must be good; as Sloth names it.'),
  errorBudget: gauge('slo:error_budget:ratio', 'Share of events that may be bad.'),
  periodDays: gauge('slo:time_period:days', 'Length of the SLO window in days.'),
  currentBurnRate: gauge('slo:current_burn_rate:ratio', 'Burn rate of the last five minutes.'),
  periodBurnRate: gauge('slo:period_burn_rate:ratio', 'Burn rate of the SLO window.'),
  remaining: gauge(
    'slo:period_error_budget_remaining:ratio',
    'Share of the error budget that is left; negative when overspent.',
  ),
  info: gauge('sloth_slo_info', 'What an SLO is, in its labels; always 1.'),
} as const;

/** @param window as Prometheus writes durations: 5m, 30d, 4w */
export function slothErrorRatio(window: string): MetricName {
  return gauge(`slo:sli_error:ratio_rate${window}`, `Bad events by all events over ${window}.`);
}

/** Names that Pyrra gives whatever its SLOs are about, and those its own dashboards ask for; opt-in. */
export const PYRRA_METRICS = {
  objective: gauge('pyrra_objective', 'Share of events that must be good; as Pyrra names it.'),
  window: gauge('pyrra_window', 'Length of the SLO window in seconds.'),
  availability: gauge('pyrra_availability', 'Good events by total events over the SLO window.'),
  requestRate: gauge('pyrra_requests:rate5m', 'Events per second over the last five minutes.'),
  errorRate: gauge('pyrra_errors:rate5m', 'Bad events per second over the last five minutes.'),
  requests: counter('pyrra_requests_total', 'Events counted into the ledger.'),
  errors: counter('pyrra_errors_total', 'Bad events counted into the ledger.'),
} as const;
