import {
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Draft } from './classic';
import { frame, INFINITY, infinityVariable, slowburnVariable, UIDS } from './frame';
import { type Field, rest, restVariable } from './infinity';
import { asBar, asLink, asNumber, bars, type Column, lines, rowsOf } from './panels';
import { BUDGET_LEFT, BURN, COVERAGE } from './words';

/** The most that a page of a list has. */
const LIMIT = 1000;
const TIMES = 'from=${__from:date:iso}&to=${__to:date:iso}';

/** Budgets without Prometheus in between: to the last digit, and back to where the ledger begins. */
export function overRest(): Draft {
  return frame(
    UIDS.rest,
    'Budgets over REST',
    'Asked of Slowburn itself through the Infinity data source: exact figures, and history that Prometheus no longer has.',
    'now-30d',
  )
    .withVariable(infinityVariable())
    .withVariable(
      new QueryVariableBuilder('slo')
        .label('SLO')
        .datasource(INFINITY)
        .query(
          restVariable({
            path: `/api/v1/slos?limit=${LIMIT}`,
            rows: 'items',
            fields: [
              { selector: 'slo', text: '__text', type: 'string' },
              { selector: 'slo', text: '__value', type: 'string' },
            ],
            format: 'table',
          }),
        )
        .refresh(VariableRefresh.OnDashboardLoad)
        .sort(VariableSort.AlphabeticalAsc),
    )
    .withVariable(slowburnVariable())
    .withPanel(budgets())
    .withPanel(burnDown())
    .withPanel(events())
    .withPanel(sources());
}

function budgets() {
  const fields: readonly (Field & Omit<Column, 'field' | 'title'>)[] = [
    { selector: 'slo', text: 'SLO', type: 'string', further: pageLink() },
    { selector: 'status', text: 'Status', type: 'string' },
    {
      selector: 'budget.remainingRatio',
      text: 'Budget left',
      type: 'number',
      unit: 'percentunit',
      further: asBar(BUDGET_LEFT),
    },
    { selector: 'budget.remainingSeconds', text: 'Left as time', type: 'number', unit: 's' },
    { selector: 'budget.remainingBad', text: 'Bad events left', type: 'number', unit: 'short' },
    { selector: 'sli', text: 'SLI', type: 'number', unit: 'percentunit' },
    { selector: 'objective', text: 'Objective', type: 'number', unit: 'percentunit' },
    { selector: 'burnRates.1h', text: 'Burn, 1 h', type: 'number', further: asNumber(BURN) },
    { selector: 'events.bad', text: 'Bad', type: 'number', unit: 'short' },
    { selector: 'events.total', text: 'Total', type: 'number', unit: 'short' },
    {
      selector: 'coverage.ratio',
      text: 'Coverage',
      type: 'number',
      unit: 'percentunit',
      further: asNumber(COVERAGE),
    },
    { selector: 'reason', text: 'Why there is none', type: 'string' },
  ];
  return rowsOf(
    {
      title: 'Budgets',
      description: 'A row for each SLO and group, the least budget first.',
      ...{ span: 24, height: 12, unit: 'short' },
    },
    fields.map(({ text, ...column }) => ({ ...column, field: text, title: text })),
    [],
    rest({
      path: `/api/v1/slos?limit=${LIMIT}&sort=remaining`,
      rows: 'items',
      fields: fields.map(({ selector, text, type }) => ({ selector, text, type })),
      format: 'table',
    }),
  ).datasource(INFINITY);
}

function pageLink() {
  return asLink('Its page in Slowburn', '${slowburn}/slos/${__value.raw}');
}

function history(fields: readonly Field[]) {
  return rest({
    path: `/api/v1/slos/\${slo}/history?${TIMES}&step=1h`,
    rows: 'points',
    fields: [{ selector: 't', text: 'Time', type: 'timestamp' }, ...fields],
    format: 'timeseries',
  });
}

function burnDown() {
  return lines(
    {
      title: 'Budget burn-down of ${slo}',
      description:
        'Share of the error budget of the window that ends at each hour; all groups together.',
      ...{ span: 12, height: 10, unit: 'percentunit', thresholds: BUDGET_LEFT },
    },
    history([
      { selector: 'remainingRatio', text: 'left', type: 'number' },
      { selector: 'raw.remainingRatio', text: 'left without exclusions', type: 'number' },
    ]),
  ).datasource(INFINITY);
}

function events() {
  return bars(
    {
      title: 'Events per hour of ${slo}',
      description: 'Events that were good, and all events, of each hour; all groups together.',
      ...{ span: 12, height: 10, unit: 'short' },
    },
    history([
      { selector: 'good', text: 'good', type: 'number' },
      { selector: 'total', text: 'all', type: 'number' },
    ]),
  )
    .datasource(INFINITY)
    .stacking({ build: () => ({}) });
}

function sources() {
  return rowsOf(
    {
      title: 'Data sources',
      description: 'What Slowburn counts from, and whether it can.',
      ...{ span: 24, height: 6, unit: 'short' },
    },
    [
      { field: 'Source', title: 'Source' },
      { field: 'Up', title: 'Up' },
      { field: 'Lag', title: 'Lag', unit: 's' },
      { field: 'Clock', title: 'Clock', unit: 's' },
      { field: 'Error', title: 'Error' },
    ],
    [],
    rest({
      path: '/api/v1/collection',
      rows: 'sources',
      fields: [
        { selector: 'name', text: 'Source', type: 'string' },
        { selector: 'up', text: 'Up', type: 'string' },
        { selector: 'lagSeconds', text: 'Lag', type: 'number' },
        { selector: 'clockSkewSeconds', text: 'Clock', type: 'number' },
        { selector: 'error', text: 'Error', type: 'string' },
      ],
      format: 'table',
    }),
  ).datasource(INFINITY);
}
