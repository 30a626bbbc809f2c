import type { CellObject, Sheet } from 'write-excel-file/node';
import type { Report, SloReport } from '../../report';
import type { Columns } from '../../tables/column';
import type { Figure } from '../../tables/figure';
import {
  compared,
  DAY_COLUMNS,
  EPISODE_COLUMNS,
  EXCLUSION_COLUMNS,
  numbered,
  OBJECTIVE_COLUMNS,
  PREVIOUS_MONTH_COLUMNS,
} from '../../tables/list-columns';
import { REPORT_COLUMNS, SERVICE_COLUMNS, SUMMARY_COLUMNS } from '../../tables/report-columns';
import { ALERT_COLUMNS, IDENTITY_COLUMNS, SLO_COLUMNS } from '../../tables/slo-columns';
import type { Wording } from '../../words/wording';
import { cellOf, textCell } from './cells';

export type ReportSheet = Sheet<Buffer>;

/** A sheet for each topic, with the words of the report on its tabs. */
export function sheetsOf(report: Report, wording: Wording): ReportSheet[] {
  const { words } = wording;
  const { episodes, exclusions, previousMonths, days, alerts } = words;
  const each = <Row>(
    title: string,
    columns: Columns<Row>,
    rowsOf: (slo: SloReport) => readonly Row[],
  ) => perSlo(title, columns, report.slos, rowsOf, wording);
  return [
    summarySheet(report, wording),
    tableSheet(words.slos, SLO_COLUMNS, report.slos, wording),
    each(words.objectivesInForce, OBJECTIVE_COLUMNS, (slo) => slo.objectives),
    each(days.title, DAY_COLUMNS, (slo) => slo.days),
    each(episodes.title, EPISODE_COLUMNS, numbered),
    each(exclusions.title, EXCLUSION_COLUMNS, (slo) => slo.exclusions),
    tableSheet(alerts.title, [...KEY, ...ALERT_COLUMNS], report.slos, wording),
    each(previousMonths.title, PREVIOUS_MONTH_COLUMNS, compared),
  ];
}

/** What a row is about, in every sheet the same. */
const KEY = IDENTITY_COLUMNS.filter(({ of }) => of === 'slo' || of === 'group');

/** Rows that an SLO has several of, below those of the other SLOs. */
function perSlo<Row>(
  title: string,
  columns: Columns<Row>,
  slos: readonly SloReport[],
  rowsOf: (slo: SloReport) => readonly Row[],
  wording: Wording,
): ReportSheet {
  const all: Columns<{ readonly slo: SloReport; readonly row: Row }> = [
    ...KEY.map(({ figure, ...column }) => ({
      ...column,
      figure: ({ slo }: { readonly slo: SloReport }) => figure(slo),
    })),
    ...columns.map(({ figure, ...column }) => ({
      ...column,
      figure: ({ row }: { readonly row: Row }) => figure(row),
    })),
  ];
  const rows = slos.flatMap((slo) => rowsOf(slo).map((row) => ({ slo, row })));
  return tableSheet(title, all, rows, wording);
}

function tableSheet<Row>(
  title: string,
  columns: Columns<Row>,
  rows: readonly Row[],
  wording: Wording,
): ReportSheet {
  return {
    sheet: title,
    stickyRowsCount: 1,
    columns: columns.map((column) => ({ width: widthOf(column, rows[0]) })),
    data: table(columns, rows, wording),
  };
}

function table<Row>(
  columns: Columns<Row>,
  rows: readonly Row[],
  wording: Wording,
): ReportSheet['data'] {
  return [
    columns.map(({ title }) => head(title(wording.words))),
    ...rows.map((row) => columns.map(({ figure }) => cellOf(figure(row), wording))),
  ];
}

/** What month it is, how it went over all and by service, and how to read the rest. */
function summarySheet(report: Report, wording: Wording): ReportSheet {
  const { words } = wording;
  const facts = <Row>(columns: Columns<Row>, row: Row) =>
    columns.map(({ title, figure }) => [
      head(title(words)),
      { ...cellOf(figure(row), wording), align: 'left' as const },
    ]);
  return {
    sheet: words.overall,
    stickyRowsCount: 1,
    columns: [{ width: 34 }, { width: 24 }, ...SUMMARY_COLUMNS.slice(1).map(() => ({ width: 16 }))],
    data: [
      [head(words.title), textCell(words.stateNotes[report.state])],
      ...facts(REPORT_COLUMNS, report),
      [],
      ...facts(SUMMARY_COLUMNS, report.overall),
      [],
      ...table(SERVICE_COLUMNS, report.services, wording),
      [],
      ...notesOf(report, words.notes),
      [head(words.method.title)],
      ...[words.method.zone(report.timeZone), ...words.method.notes].map((note) => [
        textCell(note),
      ]),
    ],
  };
}

/** What the operator has to say. */
function notesOf({ notes = [] }: Report, title: string): ReportSheet['data'] {
  if (notes.length === 0) return [];
  const rows = notes.map((note) => [head(note.title ?? ''), textCell(note.text)]);
  return [[head(title)], ...rows, []];
}

function head(text: string): CellObject {
  return { ...textCell(text), fontWeight: 'bold', wrap: true, alignVertical: 'top' };
}

/** In characters. */
function widthOf<Row>({ figure }: Columns<Row>[number], row: Row | undefined): number {
  const kind: Figure['kind'] | undefined = row === undefined ? undefined : figure(row).kind;
  if (kind === 'text') return 30;
  return kind === 'instant' || kind === 'treatment' ? 20 : 15;
}
