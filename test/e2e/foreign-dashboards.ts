/**
 * What the dashboards of others ask: Sloth's 14348 (revision 5) and 14643 (revision 2) of
 * grafana.com, and the two that Pyrra has among its examples. Only their queries, which are facts.
 */
const OF_SLO = '{sloth_service="${service}", sloth_slo="${slo}"}';

export const SLOTH_VARIABLES = { sli_window: '5m', min_burning_rate: '1' };

export const SLOTH_QUERIES: readonly string[] = [
  // 14348
  'slo:current_burn_rate:ratio > ${min_burning_rate}',
  `slo:objective:ratio${OF_SLO}`,
  `1 - (max(slo:sli_error:ratio_rate\${sli_window}${OF_SLO}) OR on() vector(0))`,
  `sloth_slo_info${OF_SLO}`,
  `slo:current_burn_rate:ratio${OF_SLO} or on() vector(0)`,
  `slo:period_error_budget_remaining:ratio${OF_SLO} or on() vector(1)`,
  `slo:current_burn_rate:ratio${OF_SLO} > 0`,
  'max(ALERTS{sloth_service="${service}", sloth_slo="${slo}", sloth_severity="ticket"}) OR on() vector(0)',
  'max(ALERTS{sloth_service="${service}", sloth_slo="${slo}", sloth_severity="page"}) or on() vector(0)',
  // 14643
  'count(sloth_slo_info)',
  'count(max(sloth_slo_info) by (sloth_service))',
  'avg(slo:current_burn_rate:ratio)',
  'max(ALERTS{sloth_id!="",sloth_severity="ticket"}) OR on() vector(0)',
  'slo:current_burn_rate:ratio',
  'slo:period_error_budget_remaining:ratio',
];

/** 14348's remaining budget of a calendar month, from an hour's sample each. */
export const SLOTH_MONTH = `1-(
  sum_over_time(
    (
       slo:sli_error:ratio_rate1h{sloth_service="\${service}",sloth_slo="\${slo}"}
       * on() group_left() (
         month() == bool vector(\${__to:date:M})
       )
    )[32d:1h]
  )
  / on(sloth_id)
  (
    slo:error_budget:ratio{sloth_service="\${service}",sloth_slo="\${slo}"} *on() group_left() (24 * days_in_month())
  )
)`;

/** The variables of 14348. */
export const SLOTH_VALUES: readonly (readonly [series: string, label: string])[] = [
  ['slo:objective:ratio', 'sloth_service'],
  ['slo:objective:ratio{sloth_service="${service}"}', 'sloth_slo'],
];

export const PYRRA_QUERIES: readonly string[] = [
  // list.json
  'pyrra_objective',
  'pyrra_window',
  'pyrra_availability',
  '(pyrra_availability - pyrra_objective) / (1 - pyrra_objective)',
  // detail.json
  'pyrra_objective{slo="$slo"}',
  'pyrra_window{slo="$slo"}',
  'pyrra_availability{slo="$slo"}',
  '((pyrra_availability{slo="$slo"} - on(slo) pyrra_objective{slo="$slo"})) / (1 - pyrra_objective{slo="$slo"})',
  'sum(rate(pyrra_requests_total{slo="$slo"}[$__rate_interval]))',
  'sum(rate(pyrra_errors_total{slo="$slo"}[$__rate_interval]))',
  // What others built on its generic rules.
  '1 - pyrra_errors:rate5m{slo="$slo"} / pyrra_requests:rate5m{slo="$slo"}',
];
