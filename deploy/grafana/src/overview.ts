import type { Draft } from './classic';
import { frame, prometheusVariable, slowburnVariable, someOf, UIDS } from './frame';
import { lines, number, states } from './panels';
import { now, onceEach, overTime, selector, slo } from './queries';
import { sloTable } from './slo-table';
import { BUDGET_LEFT, BURN, FIRING_WORDS, NOTHING_IS_GOOD } from './words';

const SERVICE = 'service=~"$service"';

function figure(metric: string, ...matchers: readonly string[]): string {
  return slo(metric, SERVICE, ...matchers);
}

/** How all SLOs are doing, the worst first. */
export function overview(): Draft {
  return counts(
    frame(UIDS.overview, 'Overview', 'Every SLO, the one with the least budget first.', 'now-24h')
      .withVariable(prometheusVariable())
      .withVariable(someOf('service', 'Service', 'label_values(slo_objective_ratio, service)'))
      .withVariable(slowburnVariable()),
  )
    .withPanel(
      sloTable(
        {
          title: 'All SLOs',
          description: 'A row for each SLO and group; click one for its figures over time.',
          span: 24,
          height: 12,
        },
        figure,
      ),
    )
    .withPanel(
      lines(
        {
          title: 'The ten smallest budgets',
          description:
            'The share of the error budget that is left, of the ten SLOs that have the least at the end of the time shown. Below 0 it is overspent.',
          ...{ span: 12, height: 10, unit: 'percentunit', thresholds: BUDGET_LEFT },
        },
        overTime(ofTheWorst('bottomk', 'slo_error_budget_remaining_ratio')),
      ),
    )
    .withPanel(
      lines(
        {
          title: 'The ten fastest burns, over an hour',
          description:
            'How many times faster than on budget the last hour went, of the ten SLOs that burn fastest at the end of the time shown. At 1 a budget lasts exactly its window, at 14.4 two days of thirty.',
          ...{ span: 12, height: 10, unit: 'short', thresholds: BURN },
        },
        overTime(ofTheWorst('topk', 'slo_burn_rate', 'window="1h"')),
      ),
    )
    .withPanel(
      states(
        {
          title: 'Alerts that fired',
          description:
            'A band for each tier that fired within the time shown: both of its windows burned above its factor.',
          ...{ span: 24, height: 8, unit: 'short' },
        },
        overTime(fired(), '{{service}}/{{slo}} {{severity}} {{long}}'),
      ).mappings(FIRING_WORDS),
    );
}

function counts(dashboard: Draft): Draft {
  const about = { span: 4, height: 4, unit: 'short' };
  const statusCount = (title: string, description: string, value: number) =>
    number(
      { title, description, ...about, thresholds: NOTHING_IS_GOOD },
      now(`count(${figure('slo_status')} == ${value}) or vector(0)`, title),
    );
  const firing = (title: string, description: string) =>
    number(
      { title, description, ...about, thresholds: NOTHING_IS_GOOD },
      now(`sum(${figure('slo_alert_firing')})`, title),
    );
  return dashboard
    .withPanel(
      number(
        { title: 'SLOs', description: 'SLOs and groups that have figures.', ...about },
        now(`count(${figure('slo_objective_ratio')})`, 'SLOs'),
      ),
    )
    .withPanel(firing('Alert tiers firing', 'Tiers of all SLOs whose two windows burn too fast.'))
    .withPanel(statusCount('Exhausted', 'SLOs that have nothing left of their budget.', 1))
    .withPanel(statusCount('Critical', 'A page is firing, or under 10 % is left.', 2))
    .withPanel(statusCount('At risk', 'A ticket is firing, or under half is left and it burns.', 3))
    .withPanel(
      statusCount('No data', 'SLOs whose source was not seen for a quarter of an hour.', 0),
    );
}

/** Chosen by their value at the end, so that a line is whole or not there. */
function ofTheWorst(choose: 'topk' | 'bottomk', metric: string, ...matchers: readonly string[]) {
  const query = selector(metric, SERVICE, ...matchers);
  return `(${onceEach(query)})\nand ${choose}(10, ${onceEach(`${query} @ end()`)})`;
}

/** Tiers that fired at all within the time shown. */
function fired(): string {
  const query = selector('slo_alert_firing', SERVICE);
  return `(${onceEach(query)})\nand (${onceEach(`max_over_time(${query}[$__range] @ end())`)}) == 1`;
}
