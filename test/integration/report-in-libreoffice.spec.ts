import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { XLSX_REPORT } from '../../src/reports/formats/xlsx';
import { LANGUAGES } from '../../src/reports/words/language';
import { Wording } from '../../src/reports/words/wording';
import { ODD_TEXTS, oddReport } from '../support/odd-report';
import { programNamed } from '../support/programs';
import { leavesOf, pathOf, tablesOf } from '../support/read-figures';
import { wholeReport } from '../support/whole-report';

const OFFICE = programNamed('soffice', 'libreoffice');
/** UTF-8, all cells as they are kept and not as they are shown, every sheet into a file of its own. */
const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,false,false,false,-1';

jest.setTimeout(120_000);

const described = OFFICE === null ? describe.skip : describe;

described(`LibreOffice${OFFICE === null ? ' (skipped: not installed)' : ''}`, () => {
  const report = oddReport();
  const leaves = leavesOf(report);
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-'));
    for (const language of LANGUAGES) {
      writeFileSync(
        join(folder, `${language}.xlsx`),
        await wholeReport(XLSX_REPORT, report, language),
      );
    }
    const books = LANGUAGES.map((language) => join(folder, `${language}.xlsx`));
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    for (const format of [CSV, 'fods']) {
      const args = [profile, '--headless', '--convert-to', format, '--outdir', folder, ...books];
      await promisify(execFile)(OFFICE ?? '', args, { timeout: 100_000 });
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    const { words } = new Wording(language, report);
    const sheet = (name: string): string[][] =>
      parse(readFileSync(join(folder, `${language}-${name}.csv`), 'utf8'));

    it('reads every number and text of every SLO', () => {
      const [, ...rows] = sheet(words.slos);
      const differing = tablesOf(report).slos.flatMap((row, k) =>
        row.cells.flatMap(({ of, kind }, column) => {
          if (kind === 'met') return [];
          const [read, meant] = [rows[k]?.[column] ?? '', leaves.get(pathOf(row, of) ?? '') ?? ''];
          return same(read, meant) ? [] : [{ of, read, meant }];
        }),
      );
      expect([rows.length, differing]).toEqual([report.slos.length, []]);
    });

    it('reads every day', () => {
      const [, ...rows] = sheet(words.days.title);
      const meant = report.slos.flatMap(({ slo, days }) =>
        days.map(({ date, bad, total }) => [slo, date, String(bad), String(total)]),
      );
      expect(rows.map(([slo, , date, , bad, total]) => [slo, date, bad, total])).toEqual(meant);
    });

    it('finds a sheet for each topic, types, and no formula', () => {
      const book = readFileSync(join(folder, `${language}.fods`), 'utf8');
      const names = [...book.matchAll(/<table:table table:name="([^"]+)"/g)].map(
        ([, name]) => name,
      );
      expect(names).toEqual([
        ...[words.overall, words.slos, words.objectivesInForce, words.days.title],
        ...[words.episodes.title, words.exclusions.title, words.alerts.title],
        words.previousMonths.title,
      ]);
      expect(book).not.toContain('table:formula');
      expect(book).toContain('office:value-type="percentage"');
      expect(book).toContain('office:value-type="date"');
      expect(book).toContain(ODD_TEXTS.formula.replaceAll('"', '&quot;'));
    });
  });
});

/** It writes fifteen digits of a number, and percentages as such. */
function same(read: string, meant: string | number | boolean): boolean {
  if (typeof meant !== 'number') return read === String(meant);
  const value = read.endsWith('%') ? Number(read.slice(0, -1)) / 100 : Number(read);
  return read !== '' && Math.abs(value - meant) <= Math.abs(meant) * 1e-14;
}
