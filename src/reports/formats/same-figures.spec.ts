import { type CellObject, read, utils as xlsx, type WorkSheet } from '@e965/xlsx';
import { parse as parseCsv } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import type { Nodes, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { oddReport } from '../../../test/support/odd-report';
import {
  leavesOf,
  pathOf,
  says,
  type TableRow,
  tablesOf,
} from '../../../test/support/read-figures';
import { htmlFigures } from '../../../test/support/read-html';
import type { Figure } from '../tables/figure';
import { LANGUAGES } from '../words/language';
import { Wording } from '../words/wording';
import { CSV_REPORT } from './csv';
import { HTML_REPORT } from './html';
import { JSON_REPORT } from './json';
import { MARKDOWN_REPORT } from './markdown';
import { XLSX_REPORT } from './xlsx';
import { wholeReport } from '../../../test/support/whole-report';

const report = oddReport();
const leaves = leavesOf(report);
const tables = tablesOf(report);

describe('JSON', () => {
  it('is the report', async () => {
    expect(JSON.parse(String(await wholeReport(JSON_REPORT, report, 'pt')))).toEqual(report);
  });
});

describe('CSV', () => {
  const PATHS: Readonly<Record<string, string>> = {
    service: 'service',
    group: 'group',
    objective: 'objective',
    sli: 'sli',
    met: 'met',
    good: 'events.good',
    bad: 'events.bad',
    total: 'events.total',
    budget_total_minutes: 'budget.totalMinutes',
    budget_consumed_minutes: 'budget.consumedMinutes',
    budget_remaining_minutes: 'budget.remainingMinutes',
    budget_remaining_ratio: 'budget.remainingRatio',
    downtime_minutes: 'downtimeMinutes',
    coverage_ratio: 'coverage.ratio',
    pages: 'alerts.pages',
    tickets: 'alerts.tickets',
  };

  it('has every cell of the report', async () => {
    const text = String(await wholeReport(CSV_REPORT, report, 'pt'));
    const rows: Record<string, string>[] = parseCsv(text, { columns: true });
    const differing = rows.flatMap((row, k) =>
      Object.entries(PATHS).filter(
        ([column, of]) =>
          (row[column] ?? '').replace(/^'(?=[=+@-])/, '') !==
          String(leaves.get(`slos.${String(k)}.${of}`) ?? ''),
      ),
    );
    expect([rows.length, differing]).toEqual([report.slos.length, []]);
  });
});

describe.each(LANGUAGES)('in %s,', (language) => {
  const { words } = new Wording(language, report);
  const told = { locale: words.locale, zone: report.timeZone, noData: words.noData };
  /** What a format says in words, by the words of the language. */
  const inWords = (kind: Figure['kind'], value: unknown): string | undefined => {
    if (kind === 'met' && value === null) return words.noData;
    if (kind === 'met') return value === true ? words.verdicts.met : words.verdicts.missed;
    if (kind === 'state') return words.states[value as 'interim'];
    return kind === 'treatment' ? words.exclusions.treatments[value as 'drop'] : undefined;
  };

  describe('HTML', () => {
    it('says every figure of the report, exactly and rounded', async () => {
      const figures = htmlFigures(String(await wholeReport(HTML_REPORT, report, language)));
      const differing = figures.filter(
        ({ path, value }) => value !== String(leaves.get(path) ?? ''),
      );
      const said = new Set(figures.map(({ path }) => path));
      const unsaid = [...leaves].filter(
        ([path, value]) => !said.has(path) && value !== null && value !== '' && !alone(path),
      );
      expect([differing, unsaid]).toEqual([[], []]);
    });

    it('rounds none of them away', async () => {
      const figures = htmlFigures(String(await wholeReport(HTML_REPORT, report, language)));
      const kinds = new Map(
        [
          tables.report,
          tables.overall,
          ...tables.services,
          ...tables.slos,
          ...tables.lists.flat(2),
        ].flatMap((row) => row.cells.map(({ of, kind }) => [pathOf(row, of), kind] as const)),
      );
      const wrong = figures.filter(({ path, text }) => {
        const [kind, value] = [kinds.get(path) ?? 'text', leaves.get(path) ?? null];
        return !isPlain(kind) && !says(text.trim(), kind, value, told);
      });
      expect(wrong).toEqual([]);
    });
  });

  describe('Markdown', () => {
    it('says every figure of the report, to the digits that it prints', async () => {
      const text = String(await wholeReport(MARKDOWN_REPORT, report, language));
      const tree = fromMarkdown(text, {
        extensions: [gfmTable()],
        mdastExtensions: [gfmTableFromMarkdown()],
      });
      const found = tree.children
        .filter((node): node is Table => node.type === 'table')
        .map(({ children }) => children.map((row) => row.children.map(plainText)));
      const [one, all, services, ...rest] = found;
      const read = [
        ...upright(tables.report, one),
        ...upright(tables.overall, all),
        ...flat(tables.services, services),
        ...tables.slos.flatMap((row, k) => [
          ...upright(row, rest.shift()),
          ...(tables.lists[k] ?? []).flatMap((rows) =>
            rows.length === 0 ? [] : flat(rows, rest.shift()),
          ),
        ]),
      ];
      const differing = read.filter(({ path, kind, text: said }) => {
        const value = leaves.get(path) ?? null;
        if (kind === 'text') return said !== String(value ?? '');
        if (!isPlain(kind)) return !says(said, kind, value, told);
        return said !== (inWords(kind, value) ?? calendar(kind, value, words.locale));
      });
      expect([rest, differing]).toEqual([[], []]);
      expect(new Set(read.map(({ path }) => path))).toEqual(new Set(leaves.keys()));
    });
  });

  describe('XLSX', () => {
    it('holds every figure of the report, typed and with all digits, and no formula', async () => {
      const book = read(await wholeReport(XLSX_REPORT, report, language), { cellFormula: true });
      const [summary, slos, objectives, days, episodes, exclusions, alerts, months] =
        book.SheetNames.map((name) => grid(book.Sheets[name]));
      const list = (k: number) => tables.lists.flatMap((lists) => lists[k] ?? []);
      const [facts, rows] = [tables.report.cells.length, tables.services.length];
      const read8 = [
        ...upright(tables.report, summary?.slice(0, facts + 1)),
        ...upright(tables.overall, summary?.slice(facts + 1)),
        ...flat(tables.services, summary?.slice(facts + 10, facts + 11 + rows)),
        ...flat(tables.slos, slos),
        ...flat(tables.alerts, alerts, 2),
        ...[objectives, episodes, exclusions, months, days].flatMap((sheet, k) =>
          flat(list(k), sheet, 2),
        ),
      ];
      const differing = read8.filter(({ path, kind, text }) => {
        const value = leaves.get(path) ?? null;
        if (value === null || value === '') return text !== null && text !== '';
        if (kind === 'instant') return serial(text) !== wallClock(String(value));
        if (kind === 'date' || kind === 'month') return !serial(text).startsWith(String(value));
        return text !== (inWords(kind, value) ?? value);
      });
      const formulas = Object.values(book.Sheets).flatMap((sheet) =>
        Object.values(sheet as Record<string, CellObject>).filter(({ f }) => f !== undefined),
      );
      expect([differing, formulas]).toEqual([[], []]);
      expect(new Set(read8.map(({ path }) => path))).toEqual(new Set(leaves.keys()));
    });
  });

  function wallClock(at: string): string {
    return DateTime.fromISO(at, { zone: report.timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss");
  }
});

/** Told as it is, or in words. */
function isPlain(kind: Figure['kind']): boolean {
  return ['text', 'met', 'state', 'treatment', 'date', 'month'].includes(kind);
}

/** The one objective of a month in which it did not change is not listed. */
function alone(path: string): boolean {
  const [, slo] = /^slos\.(\d+)\.objectives\.0\./.exec(path) ?? [];
  return slo !== undefined && report.slos[Number(slo)]?.objectives.length === 1;
}

function calendar(kind: Figure['kind'], value: unknown, locale: string): string {
  const at = DateTime.fromISO(String(value), { zone: 'utc' }).setLocale(locale);
  return kind === 'month'
    ? at.toLocaleString({ month: 'long', year: 'numeric' })
    : at.toLocaleString(DateTime.DATE_MED);
}

function plainText(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

interface Read<Cell> {
  readonly path: string;
  readonly kind: Figure['kind'];
  readonly text: Cell;
}

/** A table of names and figures, below its head. */
function upright<Cell>(
  row: TableRow,
  cells: readonly (readonly Cell[])[] = [],
): readonly Read<Cell>[] {
  return flat([row], [[], cells.slice(1, row.cells.length + 1).map((line) => line[1] as Cell)]);
}

/** Rows below their head, of which the first cells say what they are about. */
function flat<Cell>(
  rows: readonly TableRow[],
  [, ...lines]: readonly (readonly Cell[])[] = [],
  skipped = 0,
): readonly Read<Cell>[] {
  return rows.flatMap((row, k) =>
    row.cells.flatMap(({ of, kind }, column) => {
      const path = pathOf(row, of);
      const text = lines[k]?.[column + skipped] as Cell;
      return path === null ? [] : [{ path, kind, text }];
    }),
  );
}

/** Cells of a sheet, row by row; null where there is none. */
function grid(sheet: WorkSheet | undefined): readonly (readonly unknown[])[] {
  if (sheet === undefined) return [];
  const options = { header: 1, raw: true, defval: null, blankrows: true } as const;
  const rows: unknown[][] = xlsx.sheet_to_json(sheet, options);
  return rows;
}

/** Excel counts days since 1899-12-30. */
function serial(days: unknown): string {
  const seconds = Math.round((Number(days) - 25_569) * 86_400);
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}
