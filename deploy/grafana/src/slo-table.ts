import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { UIDS } from './frame';
import { type About, asBar, asLink, asNumber, asWord, type Column, rowsOf } from './panels';
import { rows } from './queries';
import { BUDGET_LEFT, BURN, COVERAGE, DATA_AGE, FIRING_WORDS, STATUS_WORDS } from './words';

const ROW = 'var-service=${__data.fields.service}&var-slo=${__data.fields.slo}';
const OF_ROW = `/d/${UIDS.slo}?${ROW}&\${__url_time_range}&\${datasource:queryparam}&\${slowburn:queryparam}`;
const PAGE_OF_ROW = '${slowburn}/slos/${__data.fields.service}/${__data.fields.slo}';

const COLUMNS: readonly Column[] = [
  { field: 'Value #A', title: 'Status', further: asWord(STATUS_WORDS) },
  { field: 'service', title: 'service' },
  {
    field: 'slo',
    title: 'slo',
    further: [
      {
        id: 'links',
        value: [
          ...linksOf('Figures over time', OF_ROW),
          ...linksOf('Its page in Slowburn', PAGE_OF_ROW),
        ],
      },
    ],
  },
  { field: 'Value #B', title: 'Budget left', unit: 'percentunit', further: asBar(BUDGET_LEFT) },
  { field: 'Value #C', title: 'Left as time', unit: 's' },
  { field: 'Value #D', title: 'SLI', unit: 'percentunit' },
  { field: 'Value #E', title: 'Objective', unit: 'percentunit' },
  { field: 'Value #F', title: 'Burn, 1 h', further: asNumber(BURN) },
  { field: 'Value #G', title: 'Alerts', further: asWord(FIRING_WORDS) },
  { field: 'Value #H', title: 'Coverage', unit: 'percentunit', further: asNumber(COVERAGE) },
  { field: 'Value #I', title: 'Data age', unit: 's', further: asNumber(DATA_AGE) },
];

/** Every SLO and group in a row, those with the least budget first. */
export function sloTable(
  about: Omit<About, 'unit'>,
  figure: (metric: string, ...matchers: readonly string[]) => string,
): PanelBuilder {
  const firing = `max without (severity, long, short) (${figure('slo_alert_firing')})`;
  return rowsOf(
    { ...about, unit: 'short' },
    COLUMNS,
    ['Time', 'job'],
    rows('A', figure('slo_status')),
    rows('B', figure('slo_error_budget_remaining_ratio')),
    rows('C', figure('slo_error_budget_remaining_seconds')),
    rows('D', figure('slo_sli_ratio')),
    rows('E', figure('slo_objective_ratio')),
    rows('F', `max without (window) (${figure('slo_burn_rate', 'window="1h"')})`),
    rows('G', firing),
    rows('H', figure('slo_coverage_ratio')),
    rows('I', figure('slo_data_age_seconds')),
  ).sortBy([{ build: () => ({ displayName: 'Budget left', desc: false }) }]);
}

function linksOf(title: string, url: string): readonly unknown[] {
  return asLink(title, url).flatMap(({ value }) => value as readonly unknown[]);
}
