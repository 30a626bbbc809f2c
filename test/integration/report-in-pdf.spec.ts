import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDF_REPORT } from '../../src/reports/formats/pdf';
import type { Figure } from '../../src/reports/tables/figure';
import { figureText } from '../../src/reports/tables/figure';
import type { Columns } from '../../src/reports/tables/column';
import type { SloReport } from '../../src/reports/report';
import {
  compared,
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
import {
  ALERT_COLUMNS,
  BUDGET_COLUMNS,
  COVERAGE_COLUMNS,
  EVENT_COLUMNS,
  OUTCOME_COLUMNS,
  RAW_COLUMNS,
} from '../../src/reports/tables/slo-columns';
import { LANGUAGES } from '../../src/reports/words/language';
import { Wording } from '../../src/reports/words/wording';
import { ODD_TEXTS, oddReport } from '../support/odd-report';
import { programNamed } from '../support/programs';
import { says } from '../support/read-figures';
import {
  asked,
  cellsOf,
  elements,
  pairsOf,
  type Tagged,
  taggedText,
  textOf,
} from '../support/read-pdf';
import { wholeReport } from '../support/whole-report';

const POPPLER = programNamed('pdfinfo') !== null && programNamed('pdftoppm') !== null;
const EPISODES_SHOWN = 10;

jest.setTimeout(120_000);

const described = POPPLER ? describe : describe.skip;

described(`the PDF report${POPPLER ? '' : ' (skipped: poppler-utils is not installed)'}`, () => {
  const report = oddReport();
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-pdf-'));
    for (const language of LANGUAGES) {
      writeFileSync(
        join(folder, `${language}.pdf`),
        await wholeReport(PDF_REPORT, report, language),
      );
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    const wording = new Wording(language, report);
    const { words } = wording;
    const told = { locale: words.locale, zone: report.timeZone, noData: words.noData };
    const file = () => join(folder, `${language}.pdf`);
    let tree: readonly Tagged[];
    let sections: readonly Tagged[];

    beforeAll(async () => {
      tree = await taggedText(file());
      sections = elements(tree, 'Sect').filter((section) => elements([section], 'H3').length > 0);
    });

    /** Whether a text is what a figure of the report is told as; numbers are read back and compared. */
    const isTold = (text: string, { kind, value }: Figure): boolean => {
      const written = figureText({ kind, value } as Figure, wording);
      if (hasToLeft(written)) return true;
      const shown = text.replace(/^[✓✗?] /, '');
      if (value === null) return [written, written === '' ? '–' : written].includes(shown);
      if (kind === 'change' || WORDS.has(kind)) return same(shown, written);
      return says(shown, kind, value, told);
    };
    /** Cells that differ, of rows as they were read. */
    const differing = <Row>(
      columns: Columns<Row>,
      rows: readonly Row[],
      read: readonly (readonly string[])[],
    ): readonly string[] =>
      rows.flatMap((row, k) =>
        columns.flatMap(({ of, figure }, column) => {
          const text = read[k]?.[column];
          return text !== undefined && isTold(text, figure(row)) ? [] : [`${of}: ${String(text)}`];
        }),
      );
    const upright = <Row>(columns: Columns<Row>, row: Row, list: Tagged | undefined) =>
      differing(
        columns,
        [row],
        [list === undefined ? [] : pairsOf(list).map(([, value]) => value ?? '')],
      );

    it('says every figure of the month and of its services', () => {
      const [front] = elements(tree, 'Sect');
      const [facts, all] = elements(front === undefined ? [] : [front], 'L');
      const [services] = elements(front === undefined ? [] : [front], 'Table');
      const shown = REPORT_COLUMNS.filter(
        ({ of }) => !['month', 'hash', 'previousHash'].includes(of),
      );
      expect([
        ...upright(shown, report, facts),
        ...upright(SUMMARY_COLUMNS, report.overall, all),
        ...differing(
          SERVICE_COLUMNS,
          report.services,
          services === undefined ? [] : cellsOf(services).slice(1),
        ),
      ]).toEqual([]);
      expect(textOf(front ?? NONE)).toContain(wording.month(report.month));
    });

    it('says every figure of every SLO', () => {
      expect(sections).toHaveLength(report.slos.length);
      const wrong = report.slos.flatMap((slo, k) => {
        const [, ...lists] = elements([sections[k] ?? NONE], 'L');
        const groups = [
          BUDGET_COLUMNS,
          EVENT_COLUMNS,
          ALERT_COLUMNS,
          COVERAGE_COLUMNS,
          RAW_COLUMNS,
        ];
        const [main] = elements([sections[k] ?? NONE], 'L');
        return [
          ...upright(MAIN_COLUMNS, slo, main),
          ...groups.flatMap((columns, at) => upright(columns, slo, lists[at])),
        ];
      });
      expect(wrong).toEqual([]);
    });

    it('says every figure of what an SLO has several of', () => {
      const wrong = report.slos.flatMap((slo, k) => {
        const tables = [...elements([sections[k] ?? NONE], 'Table')].map((table) =>
          withoutHeads(cellsOf(table)),
        );
        const next = <Row>(columns: Columns<Row>, rows: readonly Row[]) =>
          rows.length === 0 ? [] : differing(columns, rows, tables.shift() ?? []);
        return [
          ...(slo.objectives.length > 1 ? next(OBJECTIVE_COLUMNS, slo.objectives) : []),
          ...next(EPISODE_COLUMNS, numbered(slo).slice(0, EPISODES_SHOWN)),
          ...next(EXCLUSION_COLUMNS, slo.exclusions),
          ...next(PREVIOUS_MONTH_COLUMNS, compared(slo)),
          ...tables.map((table) => `one table too many: ${JSON.stringify(table)}`),
        ];
      });
      expect(wrong).toEqual([]);
    });

    it('brings names through as they are', async () => {
      const titles = elements(tree, 'H3').map(textOf);
      expect(titles).toEqual(report.slos.map(({ slo }) => slo));
      const text = (await asked('pdftotext', ['-layout', file(), '-'])).replaceAll(/\s+/g, ' ');
      for (const odd of [ODD_TEXTS.formula, ODD_TEXTS.script, ...ODD_TEXTS.lines.split('\n')]) {
        expect(text).toContain(odd);
      }
      expect(text.replaceAll(' ', '')).toContain(ODD_TEXTS.long);
      expect(text.replaceAll(/[\u202a-\u202e]/g, '')).toContain(ODD_TEXTS.rightToLeft);
    });

    it('has a page per SLO, numbers, contents, bookmarks and links that lead somewhere', async () => {
      const info = await asked('pdfinfo', [file()]);
      const pages = Number(/^Pages:\s+(\d+)$/m.exec(info)?.[1]);
      expect(pages).toBeGreaterThan(report.slos.length + 2);
      expect(pages).toBeLessThan(2 * report.slos.length);
      expect(info).toMatch(/^Title:\s+\S.*2026$/m);
      expect(info).toMatch(/^Tagged:\s+yes$/m);
      expect(info).toMatch(/A4/);
      const text = await asked('pdftotext', ['-layout', file(), '-']);
      const numbers = [...text.matchAll(/^\s*(\d+) \/ (\d+)$/gm)].map(([, page, of]) => [page, of]);
      expect(numbers).toEqual(
        Array.from({ length: pages }, (_, k) => [String(k + 1), String(pages)]),
      );
      const dests = await asked('pdfinfo', ['-dests', file()]);
      const places = new Map(
        [...dests.matchAll(/^\s*(\d+) \[.*\] "(.+)"$/gm)].map(([, page, name]) => [name, page]),
      );
      report.slos.forEach((_, k) => {
        expect(places.has(`slo-${String(k)}`)).toBe(true);
      });
      const raw = readFileSync(file(), 'latin1');
      const leadTo = [...raw.matchAll(/\/S \/GoTo\s*\/D \(([^)]+)\)/g)].map(([, name]) => name);
      expect(leadTo.length).toBeGreaterThan(report.slos.length + report.services.length);
      expect(leadTo.filter((name) => !places.has(name))).toEqual([]);
      const entries = elements(tree, 'TOCI').map(textOf);
      expect(entries.at(0)).toBe(`faciliauto${places.get('service-0') ?? ''}`);
      expect(entries).toHaveLength(report.slos.length + report.services.length + 1);
      const bookmarks = [...raw.matchAll(/\/Title (\(|<)/g)].length;
      // A service's SLOs are below it, but for a service's only one; overall, contents and method are beside.
      const alone = report.services.filter(({ slos }) => slos === 1).length;
      expect(bookmarks).toBe(report.slos.length + report.services.length - alone + 3);
    });

    it('has ink on every page', async () => {
      await asked('pdftoppm', ['-r', '20', '-gray', file(), join(folder, language)]);
      const pages = Number(/^Pages:\s+(\d+)$/m.exec(await asked('pdfinfo', [file()]))?.[1]);
      const digits = String(pages).length;
      for (let page = 1; page <= pages; page += 1) {
        const picture = readFileSync(
          join(folder, `${language}-${String(page).padStart(digits, '0')}.pgm`),
        );
        const dark = picture.subarray(-165 * 233).filter((shade) => shade < 160).length;
        expect([page, dark > 50]).toEqual([page, true]);
      }
    });

    it('is the same document whenever it is written', async () => {
      const again = await wholeReport(PDF_REPORT, report, language);
      expect(Buffer.from(again).equals(readFileSync(file()))).toBe(true);
    });
  });

  it('shows the notes of the report, if there are any', async () => {
    const notes = [
      { title: ODD_TEXTS.formula, text: `First.\n${ODD_TEXTS.script}`, service: null },
      { title: null, text: 'Second.', service: 'faciliauto' },
    ];
    const file = join(folder, 'noted.pdf');
    writeFileSync(file, await wholeReport(PDF_REPORT, { ...report, notes }, 'en'));
    const tree = await taggedText(file);
    expect(elements(tree, 'H2').map(textOf)).toContain('Notes');
    const text = elements(tree, 'P').map(textOf);
    expect(text).toEqual(expect.arrayContaining([ODD_TEXTS.formula, 'Second.']));
    expect(text.join()).toContain(ODD_TEXTS.script);
    const plain = await taggedText(join(folder, 'en.pdf'));
    expect(elements(plain, 'H2').map(textOf)).not.toContain('Notes');
  });
});

const NONE: Tagged = { type: '', text: '', parts: [] };
const WORDS: ReadonlySet<Figure['kind']> = new Set([
  'text',
  'met',
  'state',
  'treatment',
  'date',
  'month',
]);
const OF_MAIN = ['objective', 'sli', 'downtimeMinutes'];
const MAIN_COLUMNS: Columns<SloReport> = [
  ...OUTCOME_COLUMNS.filter(({ of }) => OF_MAIN.includes(of)),
  ...COVERAGE_COLUMNS.filter(({ of }) => of === 'coverage.ratio'),
  ...BUDGET_COLUMNS.filter(({ of }) => of === 'budget.remainingRatio'),
];

/** Lines of a cell are read without what broke them. */
function same(read: string, meant: string): boolean {
  return read.replaceAll(/\s/g, '') === meant.replaceAll(/\s/g, '');
}

function hasToLeft(text: string): boolean {
  return /[\u0590-\u08ff]/.test(text);
}

/** They are told again on every page. */
function withoutHeads(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [head] = rows;
  return rows.filter((row) => row.join() !== head?.join());
}
