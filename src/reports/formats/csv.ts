import { stringify } from 'csv-stringify/sync';
import type { Report, SloReport } from '../report';
import { groupText } from '../tables/group-text';
import type { ReportFormat } from './report-format';

/** Other people's spreadsheets hold these names. */
const COLUMNS = [
  'month',
  'time_zone',
  'service',
  'slo',
  'group',
  'objective',
  'sli',
  'met',
  'good',
  'bad',
  'total',
  'budget_total_minutes',
  'budget_consumed_minutes',
  'budget_remaining_minutes',
  'budget_remaining_ratio',
  'downtime_minutes',
  'coverage_ratio',
  'pages',
  'tickets',
] as const;

/** Between which other work gets its turn. */
const ROWS_AT_ONCE = 50;

/** RFC 4180, a row per SLO; a cell that a spreadsheet would compute begins with an apostrophe. */
export const CSV_REPORT: ReportFormat = {
  name: 'csv',
  contentType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  hasWords: false,
  async *pieces(report) {
    yield rows([], true);
    for (let k = 0; k < report.slos.length; k += ROWS_AT_ONCE) {
      const some = report.slos.slice(k, k + ROWS_AT_ONCE);
      yield rows(
        some.map((row) => cells(report, row)),
        false,
      );
      await new Promise(setImmediate);
    }
  },
};

function rows(records: readonly (readonly unknown[])[], header: boolean): string {
  return stringify([...records], {
    header,
    columns: [...COLUMNS],
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: {
      boolean: String,
      number: (value) => ({ value: String(value), escape_formulas: false }),
    },
  });
}

function cells(
  { month, timeZone }: Report,
  { service, slo, group, ...row }: SloReport,
): readonly (string | number | boolean | null)[] {
  const { events, budget, coverage, alerts } = row;
  return [
    month,
    timeZone,
    service,
    slo.slice(service.length + 1),
    groupText(group),
    row.objective,
    row.sli,
    row.met,
    events.good,
    events.bad,
    events.total,
    budget.totalMinutes,
    budget.consumedMinutes,
    budget.remainingMinutes,
    budget.remainingRatio,
    row.downtimeMinutes,
    coverage.ratio,
    alerts.pages,
    alerts.tickets,
  ];
}
