import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import PDFDocument from 'pdfkit';
import { Sheet, STYLES } from './sheet';
import { type Paper, Typesetter } from './typesetter';

const PAGES = 40;
const PARAGRAPHS = 20;

describe('a sheet', () => {
  const paperOf = (): Paper =>
    new PDFDocument({ autoFirstPage: false, pdfVersion: '1.7', tagged: true, compress: false });
  /** Pages of paragraphs, each page a section; what is written on the way is handed out. */
  const draw = (paper: Paper, sheet: Sheet, pages: number): string[] => {
    const handedOut: string[] = [];
    for (let page = 1; page <= pages; page += 1) {
      sheet.newPage();
      sheet.within('Sect', () => {
        for (let k = 1; k <= PARAGRAPHS; k += 1) sheet.paragraph(`${page}.${k}`, STYLES.text, 'P');
      });
      handedOut.push(String(paper.read() ?? ''));
    }
    return handedOut;
  };
  const sheetOn = (paper: Paper) =>
    new Sheet(paper, new Typesetter(paper), 'heading', { pages: new Map(), total: PAGES });

  it('lets go of the elements of the pages that are written', async () => {
    const paper = paperOf();
    const elements: WeakRef<object>[] = [];
    const struct = paper.struct.bind(paper);
    paper.struct = (...asked) => {
      const element = struct(...asked);
      elements.push(new WeakRef((element as unknown as { dictionary: object }).dictionary));
      return element;
    };
    const sheet = sheetOn(paper);
    draw(paper, sheet, PAGES);
    await collectGarbage();
    const kept = elements.filter((element) => element.deref() !== undefined).length;
    // The document, its sections, and what the last page shows.
    expect(elements).toHaveLength(1 + PAGES * (1 + PARAGRAPHS));
    expect(kept).toBeLessThanOrEqual(1 + PAGES + 2 * PARAGRAPHS);
  });

  it('tells for every page which elements its contents belong to', () => {
    const paper = paperOf();
    const sheet = sheetOn(paper);
    const handedOut = draw(paper, sheet, 3);
    sheet.end();
    paper.end();
    const text = `${handedOut.join('')}${String(paper.read())}`;
    const object = (id: string) =>
      new RegExp(`^${id} 0 obj\\n([^]*?)\\nendobj$`, 'm').exec(text)?.[1] ?? '';
    const [, tree = ''] = /\/Nums \[([^]*?)\n\]/.exec(text) ?? [];
    const pages = [...tree.matchAll(/^ +(\d+) (\d+) 0 R$/gm)];
    expect(pages.map(([, key]) => key)).toEqual(['0', '1', '2']);
    for (const [, , id = ''] of pages) {
      const elements = [...object(id).matchAll(/(\d+) 0 R/g)].map(([, element = '']) => element);
      expect(elements).toHaveLength(PARAGRAPHS);
      for (const [mcid, element] of elements.entries()) {
        expect(object(element)).toMatch(new RegExp(`/S /P\\n/P \\d+ 0 R\\n/K \\[${mcid}\\]`));
      }
    }
  });
});

/** What was looked at through a weak reference stays until its turn has ended. */
async function collectGarbage(): Promise<void> {
  await new Promise(setImmediate);
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
