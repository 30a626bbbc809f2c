import { groupText } from './group-text';
import type { SloReport } from '../report';
import type { Columns } from './column';

/** Which SLO. */
export const IDENTITY_COLUMNS: Columns<SloReport> = [
  {
    of: 'service',
    title: (words) => words.service,
    figure: (row) => ({ kind: 'text', value: row.service }),
  },
  { of: 'slo', title: (words) => words.slo, figure: (row) => ({ kind: 'text', value: row.slo }) },
  {
    of: 'group',
    title: (words) => words.group,
    figure: (row) => ({ kind: 'text', value: groupText(row.group) }),
  },
  {
    of: 'description',
    title: (words) => words.description,
    figure: (row) => ({ kind: 'text', value: row.description }),
  },
  {
    of: 'team',
    title: (words) => words.team,
    figure: (row) => ({ kind: 'text', value: row.team }),
  },
];

/** Whether it was met. */
export const OUTCOME_COLUMNS: Columns<SloReport> = [
  {
    of: 'objective',
    title: (words) => words.objective,
    figure: (row) => ({ kind: 'objective', value: row.objective }),
  },
  { of: 'sli', title: (words) => words.sli, figure: (row) => ({ kind: 'sli', value: row.sli }) },
  {
    of: 'met',
    title: (words) => words.verdict,
    figure: (row) => ({ kind: 'met', value: row.met }),
  },
  {
    of: 'downtimeMinutes',
    title: (words) => words.downtime,
    figure: (row) => ({ kind: 'minutes', value: row.downtimeMinutes }),
  },
  {
    of: 'reason',
    title: (words) => words.reason,
    figure: (row) => ({ kind: 'text', value: row.reason }),
  },
];

/** What was counted. */
export const EVENT_COLUMNS: Columns<SloReport> = [
  {
    of: 'events.good',
    title: (words) => words.good,
    figure: (row) => ({ kind: 'count', value: row.events.good }),
  },
  {
    of: 'events.bad',
    title: (words) => words.bad,
    figure: (row) => ({ kind: 'count', value: row.events.bad }),
  },
  {
    of: 'events.total',
    title: (words) => words.total,
    figure: (row) => ({ kind: 'count', value: row.events.total }),
  },
];

/** What it allowed to go wrong, and what is left of that. */
export const BUDGET_COLUMNS: Columns<SloReport> = [
  {
    of: 'budget.ratio',
    title: (words) => words.budget.ratio,
    figure: (row) => ({ kind: 'objective', value: row.budget.ratio }),
  },
  {
    of: 'budget.allowedBad',
    title: (words) => words.budget.allowedBad,
    figure: (row) => ({ kind: 'count', value: row.budget.allowedBad }),
  },
  {
    of: 'budget.consumedRatio',
    title: (words) => words.budget.consumedRatio,
    figure: (row) => ({ kind: 'consumed', value: row.budget.consumedRatio }),
  },
  {
    of: 'budget.remainingRatio',
    title: (words) => words.budget.remainingRatio,
    figure: (row) => ({ kind: 'remaining', value: row.budget.remainingRatio }),
  },
  {
    of: 'budget.remainingBad',
    title: (words) => words.budget.remainingBad,
    figure: (row) => ({ kind: 'count', value: row.budget.remainingBad }),
  },
  {
    of: 'budget.totalMinutes',
    title: (words) => words.budget.totalMinutes,
    figure: (row) => ({ kind: 'minutes', value: row.budget.totalMinutes }),
  },
  {
    of: 'budget.consumedMinutes',
    title: (words) => words.budget.consumedMinutes,
    figure: (row) => ({ kind: 'minutes', value: row.budget.consumedMinutes }),
  },
  {
    of: 'budget.remainingMinutes',
    title: (words) => words.budget.remainingMinutes,
    figure: (row) => ({ kind: 'minutes', value: row.budget.remainingMinutes }),
  },
];

/** How much was seen, and what the rest may hide. */
export const COVERAGE_COLUMNS: Columns<SloReport> = [
  {
    of: 'coverage.ratio',
    title: (words) => words.coverage.ratio,
    figure: (row) => ({ kind: 'coverage', value: row.coverage.ratio }),
  },
  {
    of: 'coverage.remainingRatioWorst',
    title: (words) => words.coverage.worst,
    figure: (row) => ({ kind: 'remaining', value: row.coverage.remainingRatioWorst }),
  },
  {
    of: 'coverage.remainingRatioBest',
    title: (words) => words.coverage.best,
    figure: (row) => ({ kind: 'remaining', value: row.coverage.remainingRatioBest }),
  },
];

/** The same without exclusions. */
export const RAW_COLUMNS: Columns<SloReport> = [
  {
    of: 'raw.sli',
    title: (words) => words.raw.sli,
    figure: (row) => ({ kind: 'sli', value: row.raw.sli }),
  },
  {
    of: 'raw.remainingRatio',
    title: (words) => words.raw.remainingRatio,
    figure: (row) => ({ kind: 'remaining', value: row.raw.remainingRatio }),
  },
];

/** Whom it called. */
export const ALERT_COLUMNS: Columns<SloReport> = [
  {
    of: 'alerts.pages',
    title: (words) => words.alerts.pages,
    figure: (row) => ({ kind: 'count', value: row.alerts.pages }),
  },
  {
    of: 'alerts.tickets',
    title: (words) => words.alerts.tickets,
    figure: (row) => ({ kind: 'count', value: row.alerts.tickets }),
  },
  {
    of: 'alerts.firingMinutes',
    title: (words) => words.alerts.firingMinutes,
    figure: (row) => ({ kind: 'minutes', value: row.alerts.firingMinutes }),
  },
];

/** All figures of an SLO that it has one of. */
export const SLO_COLUMNS: Columns<SloReport> = [
  ...IDENTITY_COLUMNS,
  ...OUTCOME_COLUMNS,
  ...EVENT_COLUMNS,
  ...BUDGET_COLUMNS,
  ...COVERAGE_COLUMNS,
  ...RAW_COLUMNS,
  ...ALERT_COLUMNS,
];
