import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Draft } from './classic';
import { frame, groupVariable, oneOf, prometheusVariable, slowburnVariable, UIDS } from './frame';
import { bars, lines, number, rowsOf, states } from './panels';
import { now, onceEach, overTime, rows, selector } from './queries';
import { BUDGET_LEFT, BURN, COVERAGE, DATA_AGE, FIRING_WORDS, STATUS_WORDS } from './words';

const CHOSEN = ['service="$service"', 'slo="$slo"', '${group:raw}'];
const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];

/** The figure of what is chosen, named by what tells groups apart. */
function figure(metric: string, ...matchers: readonly string[]): string {
  return named(onceEach(selector(metric, ...CHOSEN, ...matchers)));
}

/** Service and SLO stand above the dashboard: what is left of the labels is the group. */
function named(query: string): string {
  return `max without (service, slo) (\n${query}\n)`;
}

/** One SLO, or one group of it, over time. */
export function oneSlo(): Draft {
  const dashboard = frame(UIDS.slo, 'One SLO', 'One SLO, and its groups, over time.', 'now-7d')
    .withVariable(prometheusVariable())
    .withVariable(oneOf('service', 'Service', 'label_values(slo_objective_ratio, service)'))
    .withVariable(oneOf('slo', 'SLO', 'label_values(slo_objective_ratio{service="$service"}, slo)'))
    .withVariable(groupVariable())
    .withVariable(slowburnVariable())
    .link(pageLink('Page of this SLO', '/slos/$service/$slo'))
    .link(pageLink('Its definition and figures', '/api/v1/slos/$service/$slo'));
  return seen(spending(atAGlance(dashboard)));
}

function pageLink(title: string, path: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .icon('external link')
    .url(`\${slowburn}${path}`)
    .targetBlank(true);
}

function atAGlance(dashboard: Draft): Draft {
  const small = { span: 4, height: 5 };
  return dashboard
    .withPanel(
      number(
        {
          title: 'Status',
          description:
            'Exhausted: nothing left. Critical: a page is firing or under 10 % is left. At risk: a ticket is firing, or under half is left and the last hour burned above 1. No data: the source was not seen for 15 minutes.',
          ...{ ...small, unit: 'none' },
        },
        now(figure('slo_status')),
      ).mappings(STATUS_WORDS),
    )
    .withPanel(
      number(
        {
          title: 'Budget left',
          description: 'Share of the error budget that is left; below 0 it is overspent.',
          ...{ ...small, unit: 'percentunit', thresholds: BUDGET_LEFT },
        },
        now(figure('slo_error_budget_remaining_ratio')),
      ),
    )
    .withPanel(
      number(
        {
          title: 'Left as time',
          description: 'The same as the time of a full outage that would use it up.',
          ...{ ...small, unit: 's' },
        },
        now(figure('slo_error_budget_remaining_seconds')),
      ),
    )
    .withPanel(
      number(
        {
          title: 'SLI and objective',
          description: 'Good events by all events over the SLO window, beside what is wanted.',
          ...{ ...small, unit: 'percentunit' },
        },
        now(figure('slo_sli_ratio'), 'SLI'),
        now(`min(${figure('slo_objective_ratio')})`, 'Objective'),
      ),
    )
    .withPanel(
      number(
        {
          title: 'Burn over an hour',
          description:
            'How many times faster than on budget; at 1 the budget lasts exactly its window.',
          ...{ ...small, unit: 'short', thresholds: BURN },
        },
        now(figure('slo_burn_rate', 'window="1h"')),
      ).decimals(2),
    )
    .withPanel(
      number(
        {
          title: 'Data age',
          description:
            'Time since the end of the last step in which the source was seen. Up to about two minutes is normal.',
          ...{ ...small, unit: 's', thresholds: DATA_AGE },
        },
        now(figure('slo_data_age_seconds')),
      ),
    );
}

function spending(dashboard: Draft): Draft {
  return dashboard
    .withPanel(
      lines(
        {
          title: 'Budget burn-down',
          description:
            'Share of the error budget of the window that ends at each instant. It falls with bad events and rises when bad events leave the window.',
          ...{ span: 12, height: 10, unit: 'percentunit', thresholds: BUDGET_LEFT },
        },
        overTime(figure('slo_error_budget_remaining_ratio')),
      )
        .axisSoftMin(0)
        .axisSoftMax(1),
    )
    .withPanel(
      lines(
        {
          title: 'SLI against objective',
          description: 'Good events by all events over the SLO window; the objective is dashed.',
          ...{ span: 12, height: 10, unit: 'percentunit' },
        },
        overTime(figure('slo_sli_ratio'), '__auto'),
        overTime(`min(${figure('slo_objective_ratio')})`, 'Objective'),
      ).overrideByName('Objective', [
        { id: 'custom.lineStyle', value: { fill: 'dash', dash: [10, 10] } },
        { id: 'color', value: { mode: 'fixed', fixedColor: 'text' } },
      ]),
    )
    .withPanel(
      lines(
        {
          title: 'Burn rates',
          description:
            'How many times faster than on budget each window burned. Lines of budgets of 28 days and more: 14.4 over 1 h and 5 m pages, 6 over 6 h and 30 m pages, 3 over 1 d and 2 h and 1 over 3 d and 6 h open tickets; shorter budgets scale them.',
          ...{ span: 12, height: 10, unit: 'short', thresholds: BURN },
        },
        overTime(figure('slo_burn_rate', `window=~"${WINDOWS.join('|')}"`)),
      ).axisSoftMin(0),
    )
    .withPanel(
      states(
        {
          title: 'Alert tiers',
          description:
            'A band for each tier: it fires while both of its windows burn above its factor.',
          ...{ span: 12, height: 10, unit: 'short' },
        },
        overTime(figure('slo_alert_firing')),
      ).mappings(FIRING_WORDS),
    );
}

function seen(dashboard: Draft): Draft {
  const rate = (metric: string) =>
    onceEach(`rate(${selector(metric, ...CHOSEN)}[$__rate_interval])`);
  const good = `sum(${rate('slo_good_events_total')}) * 60`;
  const bad = `clamp_min(sum(${rate('slo_events_total')}) - sum(${rate('slo_good_events_total')}), 0) * 60`;
  return dashboard
    .withPanel(
      bars(
        {
          title: 'Events per minute',
          description: 'What was counted into the ledger: bad events stand on the good ones.',
          ...{ span: 12, height: 9, unit: 'short' },
        },
        overTime(good, 'good'),
        overTime(bad, 'bad'),
      )
        .interval('5m')
        .overrideByName('good', [{ id: 'color', value: { mode: 'fixed', fixedColor: 'green' } }])
        .overrideByName('bad', [{ id: 'color', value: { mode: 'fixed', fixedColor: 'dark-red' } }]),
    )
    .withPanel(
      lines(
        {
          title: 'Coverage',
          description:
            'Share of the SLO window in which the source was seen. What happened in the rest is not known, and is neither good nor bad.',
          ...{ span: 12, height: 9, unit: 'percentunit', thresholds: COVERAGE },
        },
        overTime(figure('slo_coverage_ratio')),
      ),
    )
    .withPanel(
      rowsOf(
        {
          title: 'What it is',
          description: 'The definition, as the service has it now.',
          ...{ span: 24, height: 5, unit: 'none' },
        },
        [
          { field: 'description', title: 'Description' },
          { field: 'team', title: 'Team' },
          { field: 'window', title: 'Window' },
          { field: 'objective', title: 'Objective' },
        ],
        ['Time', 'job', 'Value', 'service', 'slo'],
        rows('A', onceEach(selector('slo_info', ...CHOSEN))),
      ),
    );
}
