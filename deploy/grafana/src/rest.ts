import {
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import type { Draft } from './classic';
import { frame, INFINITY, infinityVariable, slowburnVariable, UIDS } from './frame';
import { type Field, rest, type RestQuery, restVariable } from './infinity';
import { type About, asBar, asLink, asNumber, type Column, lines, rowsOf } from './panels';
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
    .withPanel(episodes())
    .withPanel(courses())
    .withPanel(alerts())
    .withPanel(sources());
}

/** A field, and how its column looks. */
type RestColumn = Field & Omit<Column, 'field' | 'title'>;

function table(
  about: About,
  query: Pick<RestQuery, 'path' | 'rows'>,
  columns: readonly RestColumn[],
): PanelBuilder {
  const fields = columns.map(({ selector, text, type }): Field => ({ selector, text, type }));
  const shown = columns.map((column): Column => ({
    ...column,
    field: column.text,
    title: column.text,
  }));
  return rowsOf(about, shown, [], rest({ ...query, fields, format: 'table' })).datasource(INFINITY);
}

function budgets() {
  return table(
    {
      title: 'Budgets',
      description: 'A row for each SLO and group, the least budget first.',
      ...{ span: 24, height: 12, unit: 'short' },
    },
    { path: `/api/v1/slos?limit=${LIMIT}&sort=remaining`, rows: 'items' },
    [
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
      { selector: 'budget.remainingBad', text: 'Bad events left', type: 'number' },
      { selector: 'sli', text: 'SLI', type: 'number', unit: 'percentunit' },
      { selector: 'objective', text: 'Objective', type: 'number', unit: 'percentunit' },
      { selector: 'burnRates.1h', text: 'Burn, 1 h', type: 'number', further: asNumber(BURN) },
      { selector: 'events.bad', text: 'Bad', type: 'number' },
      { selector: 'events.total', text: 'Total', type: 'number' },
      {
        selector: 'coverage.ratio',
        text: 'Coverage',
        type: 'number',
        unit: 'percentunit',
        further: asNumber(COVERAGE),
      },
      { selector: 'reason', text: 'Why there is none', type: 'string' },
    ],
  );
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
  return lines(
    {
      title: 'Events per hour of ${slo}',
      description: 'Events that were good, and all events, of each hour; all groups together.',
      ...{ span: 12, height: 10, unit: 'short' },
    },
    history([
      { selector: 'good', text: 'good', type: 'number' },
      { selector: 'total', text: 'all', type: 'number' },
    ]),
  ).datasource(INFINITY);
}

function episodes() {
  return table(
    {
      title: 'What spent the budget of ${slo}',
      description:
        'Spells in which bad events came faster than budget, the largest first; shares are of the budget of the window that ends with the time shown.',
      ...{ span: 12, height: 10, unit: 'short' },
    },
    { path: `/api/v1/slos/\${slo}/episodes?${TIMES}`, rows: 'items' },
    [
      { selector: 'start', text: 'From', type: 'timestamp', unit: 'dateTimeAsIso' },
      { selector: 'durationSeconds', text: 'For', type: 'number', unit: 's' },
      { selector: 'shareRatio', text: 'Share', type: 'number', unit: 'percentunit' },
      { selector: 'bad', text: 'Bad events', type: 'number' },
      { selector: 'peakBurnRate', text: 'Fastest burn', type: 'number' },
      { selector: 'coverage', text: 'Seen', type: 'number', unit: 'percentunit' },
    ],
  );
}

function courses() {
  return table(
    {
      title: 'If ${slo} goes on like this',
      description:
        'When the budget is spent, or back, if the burn of each look-back goes on; what leaves the window is taken into account.',
      ...{ span: 12, height: 10, unit: 'short' },
    },
    { path: '/api/v1/slos/${slo}/forecast', rows: 'courses' },
    [
      { selector: 'burn', text: 'Burn of the last', type: 'string' },
      { selector: 'burnRate', text: 'Burn', type: 'number', further: asNumber(BURN) },
      { selector: 'exhaustedAt', text: 'Spent at', type: 'string' },
      { selector: 'recoveredAt', text: 'Back at', type: 'string' },
      { selector: 'reason', text: 'Why not', type: 'string' },
    ],
  );
}

function alerts() {
  return table(
    {
      title: 'Alerts of ${slo}',
      description: 'What fired within the time shown, the newest first, with the burn it began at.',
      ...{ span: 24, height: 9, unit: 'short' },
    },
    { path: `/api/v1/alerts?slo=\${slo}&${TIMES}`, rows: 'items' },
    [
      { selector: 'startedAt', text: 'From', type: 'timestamp', unit: 'dateTimeAsIso' },
      { selector: 'endedAt', text: 'To', type: 'timestamp', unit: 'dateTimeAsIso' },
      { selector: 'state', text: 'State', type: 'string' },
      { selector: 'alertname', text: 'Alert', type: 'string' },
      { selector: 'severity', text: 'Severity', type: 'string' },
      { selector: 'long', text: 'Long window', type: 'string' },
      { selector: 'burnLong', text: 'Burn over it', type: 'number' },
      { selector: 'burnShort', text: 'Over the short one', type: 'number' },
      { selector: 'heldBy', text: 'Held back by', type: 'string' },
    ],
  );
}

function sources() {
  return table(
    {
      title: 'Data sources',
      description: 'What Slowburn counts from, and whether it can.',
      ...{ span: 24, height: 6, unit: 'short' },
    },
    { path: '/api/v1/collection', rows: 'sources' },
    [
      { selector: 'name', text: 'Source', type: 'string' },
      { selector: 'up', text: 'Up', type: 'string' },
      { selector: 'lagSeconds', text: 'Lag', type: 'number', unit: 's' },
      { selector: 'clockSkewSeconds', text: 'Clock', type: 'number', unit: 's' },
      { selector: 'error', text: 'Error', type: 'string' },
    ],
  );
}
