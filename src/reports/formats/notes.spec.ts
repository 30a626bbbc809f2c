import { read, utils } from '@e965/xlsx';
import { parse } from 'parse5';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { ODD_TEXTS } from '../../../test/support/odd-report';
import { reportWith, sloReportWith } from '../../../test/support/reports';
import { wholeReport } from '../../../test/support/whole-report';
import type { Report } from '../report';
import { ofService } from '../report-shelf';
import { HTML_REPORT } from './html';
import { MARKDOWN_REPORT } from './markdown';
import { XLSX_REPORT } from './xlsx';

const NOTED: Report = {
  ...reportWith(sloReportWith(), sloReportWith({ slo: 'cars/api', service: 'cars' })),
  notes: [
    { title: ODD_TEXTS.formula, text: `First.\n\n${ODD_TEXTS.script}`, service: null },
    { title: null, text: ODD_TEXTS.rightToLeft, service: 'shop' },
  ],
};
const TEXTS = [ODD_TEXTS.formula, ODD_TEXTS.script, ODD_TEXTS.rightToLeft, 'First.'];

interface Node {
  readonly value?: string;
  readonly childNodes?: readonly Node[];
  readonly children?: readonly Node[];
}

function textOf({ value = '', childNodes = [], children = [] }: Node): string {
  return value + [...childNodes, ...children].map(textOf).join('\n');
}

describe('the notes of a report', () => {
  it('come through HTML unharmed, in the language of the report', async () => {
    const html = String(await wholeReport(HTML_REPORT, NOTED, 'pt'));
    const text = textOf({
      childNodes: [parse(htmlOf(html, 'notes')) as unknown as Node],
    }).replaceAll('\r', '');
    for (const each of ['Observações', ...TEXTS]) expect(text).toContain(each);
    expect(html).not.toContain('<script>');
  });

  it('come through Markdown unharmed', async () => {
    const text = textOf(
      fromMarkdown(String(await wholeReport(MARKDOWN_REPORT, NOTED, 'en'))) as Node,
    );
    for (const each of ['Notes', ...TEXTS]) expect(text).toContain(each);
  });

  it('come through a workbook unharmed, and none as a formula', async () => {
    const book = read(await wholeReport(XLSX_REPORT, NOTED, 'en'));
    const [sheet] = Object.values(book.Sheets);
    const cells = utils.sheet_to_json<readonly unknown[]>(sheet ?? {}, { header: 1 }).flat();
    expect(cells).toEqual(
      expect.arrayContaining(['Notes', ODD_TEXTS.formula, `First.\n\n${ODD_TEXTS.script}`]),
    );
    expect(
      Object.values(sheet ?? {}).filter((cell) => (cell as { f?: string }).f !== undefined),
    ).toEqual([]);
  });

  it('are told of a service only where the report holds it', () => {
    const told = (service: string) => ofService(NOTED, service).notes?.map((note) => note.service);
    expect([told('shop'), told('cars')]).toEqual([[null, 'shop'], [null]]);
  });

  it('are not missed by reports that have none', async () => {
    const plain = reportWith(sloReportWith());
    expect(plain).not.toHaveProperty('notes');
    expect(ofService(plain, 'shop')).not.toHaveProperty('notes');
    for (const format of [HTML_REPORT, MARKDOWN_REPORT]) {
      expect(String(await wholeReport(format, plain, 'en'))).not.toMatch(/>Notes<|# Notes/);
    }
  });
});

/** The section of a class. */
function htmlOf(html: string, name: string): string {
  const [, inner = ''] =
    new RegExp(`<section class="${name}">([\\s\\S]*?)</section>`).exec(html) ?? [];
  return inner;
}
