import type { Report, ReportSummary, ServiceSummary } from '../report';
import type { Columns } from './column';

/** What month it is about, and how firm it is. */
export const REPORT_COLUMNS: Columns<Report> = [
  {
    of: 'month',
    title: (words) => words.facts.month,
    figure: (row) => ({ kind: 'month', value: row.month }),
  },
  {
    of: 'timeZone',
    title: (words) => words.facts.timeZone,
    figure: (row) => ({ kind: 'text', value: row.timeZone }),
  },
  {
    of: 'from',
    title: (words) => words.facts.from,
    figure: (row) => ({ kind: 'instant', value: row.from }),
  },
  {
    of: 'to',
    title: (words) => words.facts.to,
    figure: (row) => ({ kind: 'instant', value: row.to }),
  },
  {
    of: 'state',
    title: (words) => words.facts.state,
    figure: (row) => ({ kind: 'state', value: row.state }),
  },
  {
    of: 'cutOff',
    title: (words) => words.facts.cutOff,
    figure: (row) => ({ kind: 'instant', value: row.cutOff }),
  },
  {
    of: 'revision',
    title: (words) => words.facts.revision,
    figure: (row) => ({ kind: 'count', value: row.revision }),
  },
  {
    of: 'hash',
    title: (words) => words.facts.hash,
    figure: (row) => ({ kind: 'text', value: row.hash }),
  },
  {
    of: 'previousHash',
    title: (words) => words.facts.previousHash,
    figure: (row) => ({ kind: 'text', value: row.previousHash }),
  },
];

/** How a set of SLOs did. */
export const SUMMARY_COLUMNS: Columns<ReportSummary> = [
  {
    of: 'slos',
    title: (words) => words.summary.slos,
    figure: (row) => ({ kind: 'count', value: row.slos }),
  },
  {
    of: 'met',
    title: (words) => words.summary.met,
    figure: (row) => ({ kind: 'count', value: row.met }),
  },
  {
    of: 'missed',
    title: (words) => words.summary.missed,
    figure: (row) => ({ kind: 'count', value: row.missed }),
  },
  {
    of: 'unknown',
    title: (words) => words.summary.unknown,
    figure: (row) => ({ kind: 'count', value: row.unknown }),
  },
  {
    of: 'leastRemainingRatio',
    title: (words) => words.summary.leastRemaining,
    figure: (row) => ({ kind: 'remaining', value: row.leastRemainingRatio }),
  },
  {
    of: 'pages',
    title: (words) => words.summary.pages,
    figure: (row) => ({ kind: 'count', value: row.pages }),
  },
  {
    of: 'tickets',
    title: (words) => words.summary.tickets,
    figure: (row) => ({ kind: 'count', value: row.tickets }),
  },
];

export const SERVICE_COLUMNS: Columns<ServiceSummary> = [
  {
    of: 'service',
    title: (words) => words.service,
    figure: (row) => ({ kind: 'text', value: row.service }),
  },
  ...SUMMARY_COLUMNS,
];
