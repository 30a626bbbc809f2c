import type { Draft } from './classic';
import {
  frame,
  matchersVariable,
  prometheusVariable,
  slowburnVariable,
  someOf,
  UIDS,
} from './frame';
import { bars, gauges, lines, number, states } from './panels';
import { now, onceEach, overTime, selector } from './queries';
import { sloTable } from './slo-table';
import { BUDGET_LEFT, BURN, COVERAGE, FIRING_WORDS } from './words';

/** A comma at the end is allowed, so there need not be further ones. */
const MATCHERS = ['service=~"$service"', '${labels:raw}'];
/** Which SLOs are the team's stands in their information alone. */
const OF_TEAM = 'and on (service, slo) slo_info{team=~"$team"}';

function figure(metric: string, ...matchers: readonly string[]): string {
  return onceEach(`${selector(metric, ...matchers, ...MATCHERS)} ${OF_TEAM}`);
}

/** What one team, or one service, has promised, and how it is doing. */
export function system(): Draft {
  const dashboard = frame(
    UIDS.system,
    'One system',
    'The SLOs of a team, of services, or of whatever labels they have.',
    'now-7d',
  )
    .withVariable(prometheusVariable())
    .withVariable(someOf('team', 'Team', 'label_values(slo_info, team)'))
    .withVariable(someOf('service', 'Service', 'label_values(slo_info{team=~"$team"}, service)'))
    .withVariable(matchersVariable())
    .withVariable(slowburnVariable());
  return overTimes(standing(dashboard)).withPanel(
    sloTable(
      {
        title: 'Its SLOs',
        description: 'A row for each SLO and group; click one for its figures over time.',
        span: 24,
        height: 11,
      },
      figure,
    ),
  );
}

function standing(dashboard: Draft): Draft {
  return dashboard
    .withPanel(
      number(
        {
          title: 'Smallest budget left',
          description: 'The share that is left of the budget that has the least.',
          ...{ span: 6, height: 4, unit: 'percentunit', thresholds: BUDGET_LEFT },
        },
        now(`min(${figure('slo_error_budget_remaining_ratio')})`, 'left'),
      ),
    )
    .withPanel(
      number(
        {
          title: 'SLOs that keep their objective',
          description: 'Share of SLOs and groups whose budget is not spent.',
          ...{ span: 6, height: 4, unit: 'percentunit' },
        },
        now(`avg(${figure('slo_error_budget_remaining_ratio')} > bool 0)`, 'kept'),
      ),
    )
    .withPanel(
      number(
        {
          title: 'Fastest burn, over an hour',
          description: 'How many times faster than on budget the fastest burns.',
          ...{ span: 6, height: 4, unit: 'short', thresholds: BURN },
        },
        now(`max(${figure('slo_burn_rate', 'window="1h"')})`, 'burn'),
      ).decimals(2),
    )
    .withPanel(
      number(
        {
          title: 'Least coverage',
          description: 'Share of its window in which the SLO that was seen least was seen.',
          ...{ span: 6, height: 4, unit: 'percentunit', thresholds: COVERAGE },
        },
        now(`min(${figure('slo_coverage_ratio')})`, 'seen'),
      ),
    )
    .withPanel(
      gauges(
        {
          title: 'Budgets',
          description:
            'The share that is left of each error budget; a bar is empty from 0 downward.',
          ...{ span: 24, height: 9, unit: 'percentunit', thresholds: BUDGET_LEFT },
        },
        now(`sort(${figure('slo_error_budget_remaining_ratio')})`),
      )
        .min(0)
        .max(1),
    );
}

function overTimes(dashboard: Draft): Draft {
  return dashboard
    .withPanel(
      lines(
        {
          title: 'Budgets over time',
          description: 'The share that is left of each error budget; below 0 it is overspent.',
          ...{ span: 12, height: 10, unit: 'percentunit', thresholds: BUDGET_LEFT },
        },
        overTime(figure('slo_error_budget_remaining_ratio')),
      ),
    )
    .withPanel(
      bars(
        {
          title: 'Bad events per minute, by SLO',
          description: 'What spends the budgets, as counted into the ledger.',
          ...{ span: 12, height: 10, unit: 'short' },
        },
        overTime(
          `clamp_min(sum by (service, slo) (${rate('slo_events_total')}) - sum by (service, slo) (${rate('slo_good_events_total')}), 0) * 60`,
          '{{service}}/{{slo}}',
        ),
      ).interval('5m'),
    )
    .withPanel(
      states(
        {
          title: 'Alerts by SLO',
          description: 'Whether any tier of the SLO fired.',
          ...{ span: 24, height: 8, unit: 'short' },
        },
        overTime(`max by (service, slo) (${figure('slo_alert_firing')})`, '{{service}}/{{slo}}'),
      ).mappings(FIRING_WORDS),
    );
}

function rate(metric: string): string {
  return onceEach(`rate(${selector(metric, ...MATCHERS)}[$__rate_interval]) ${OF_TEAM}`);
}
