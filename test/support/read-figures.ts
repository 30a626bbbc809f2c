import { DateTime } from 'luxon';
import type { Report, SloReport } from '../../src/reports/report';
import { groupText } from '../../src/reports/tables/group-text';
import type { Columns } from '../../src/reports/tables/column';
import type { Figure } from '../../src/reports/tables/figure';
import {
  compared,
  DAY_COLUMNS,
  EPISODE_COLUMNS,
  EXCLUSION_COLUMNS,
  numbered,
  OBJECTIVE_COLUMNS,
  PREVIOUS_MONTH_COLUMNS,
} from '../../src/reports/tables/list-columns';
import {
  REPORT_COLUMNS,
  SERVICE_COLUMNS,
  SUMMARY_COLUMNS,
} from '../../src/reports/tables/report-columns';
import { ALERT_COLUMNS, SLO_COLUMNS } from '../../src/reports/tables/slo-columns';

/** Where a value stands in a report's JSON, such as `slos.0.days.3.sli`, and the value. */
export type Leaves = ReadonlyMap<string, string | number | boolean | null>;

/** All values of a report; a group is told as one. */
export function leavesOf(report: Report): Leaves {
  const leaves = new Map<string, string | number | boolean | null>();
  const walk = (value: unknown, path: string): void => {
    if (path.endsWith('.group'))
      leaves.set(path, groupText(value as Record<string, string> | null));
    else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        walk(inner, path === '' ? key : `${path}.${key}`);
      }
    } else leaves.set(path, value as string | number | boolean | null);
  };
  walk(report, '');
  return leaves;
}

/** A row of a format's table: where it stands in the JSON, and the columns that stand there too. */
export interface TableRow {
  readonly path: string;
  readonly cells: readonly { readonly of: string; readonly kind: Figure['kind'] }[];
}

/** The tables of a report, in the order of its people's formats; empty lists have none. */
export function tablesOf(report: Report): {
  readonly report: TableRow;
  readonly overall: TableRow;
  readonly services: readonly TableRow[];
  readonly slos: readonly TableRow[];
  readonly alerts: readonly TableRow[];
  readonly lists: readonly (readonly TableRow[])[][];
} {
  const own = (columns: Columns<SloReport>) =>
    report.slos.map((slo, k) => rowOf(columns, slo, `slos.${String(k)}`));
  return {
    report: rowOf(REPORT_COLUMNS, report, ''),
    overall: rowOf(SUMMARY_COLUMNS, report.overall, 'overall'),
    services: rowsOf(SERVICE_COLUMNS, report.services, 'services'),
    slos: own(SLO_COLUMNS),
    alerts: own(ALERT_COLUMNS),
    lists: report.slos.map((slo, k) => {
      const at = (name: string) => `slos.${String(k)}.${name}`;
      return [
        rowsOf(OBJECTIVE_COLUMNS, slo.objectives, at('objectives')),
        rowsOf(EPISODE_COLUMNS, numbered(slo), at('episodes')),
        rowsOf(EXCLUSION_COLUMNS, slo.exclusions, at('exclusions')),
        rowsOf(PREVIOUS_MONTH_COLUMNS, compared(slo), at('previousMonths')),
        rowsOf(DAY_COLUMNS, slo.days, at('days')),
      ];
    }),
  };
}

function rowsOf<Row>(columns: Columns<Row>, rows: readonly Row[], name: string) {
  return rows.map((row, k) => rowOf(columns, row, `${name}.${String(k)}`));
}

function rowOf<Row>(columns: Columns<Row>, row: Row, path: string): TableRow {
  return { path, cells: columns.map(({ of, figure }) => ({ of, kind: figure(row).kind })) };
}

/** Where a cell's value stands; null for what is worked out. */
export function pathOf({ path }: TableRow, of: string): string | null {
  if (of === '') return null;
  return path === '' ? of : `${path}.${of}`;
}

/** How far what is printed may be from what is meant: what rounding to its digits takes away. */
const ROUNDING: Readonly<Partial<Record<Figure['kind'], number>>> = {
  count: 0.005,
  objective: 5e-9,
  sli: 1e-5,
  coverage: 1e-4,
  remaining: 1e-3,
  consumed: 1e-3,
  burnRate: 0.05,
};

/** Whether a text, of a locale, says a value of a kind, to the digits that it has. */
export function says(
  text: string,
  kind: Figure['kind'],
  value: string | number | boolean | null,
  {
    locale,
    zone,
    noData,
  }: { readonly locale: string; readonly zone: string; readonly noData: string },
): boolean {
  if (value === null) return text === (kind === 'text' ? '' : noData);
  if (kind === 'minutes')
    return near(minutesIn(text, locale), Number(value), Math.abs(Number(value)) < 60 ? 0.05 : 0.5);
  if (kind === 'instant') return instantIn(text, locale, zone) === Date.parse(String(value));
  const rounding = ROUNDING[kind];
  if (rounding === undefined) throw new Error(`${kind} is told in words`);
  return near(numberIn(text, locale), Number(value), rounding);
}

function near(read: number, meant: number, rounding: number): boolean {
  return Math.abs(read - meant) <= rounding * (1 + 1e-9);
}

function numberIn(text: string, locale: string): number {
  const digits = text.replace(locale.startsWith('pt') ? /[^-0-9,]/g : /[^-0-9.]/g, '');
  return Number(digits.replace(',', '.')) / (text.includes('%') ? 100 : 1);
}

function minutesIn(text: string, locale: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  return [...text.matchAll(/([\d.,]+)\s*(h|min)/g)].reduce(
    (sum, [, number = '', unit]) => sum + sign * numberIn(number, locale) * (unit === 'h' ? 60 : 1),
    0,
  );
}

function instantIn(text: string, locale: string, zone: string): number {
  const date = locale.startsWith('pt') ? "d 'de' LLL 'de' yyyy" : 'd LLL yyyy';
  return DateTime.fromFormat(text, `${date}, HH:mm 'GMT'Z`, { locale, zone }).toMillis();
}
