import { PALETTE } from '../../charts/palette';
import { actualText } from './runs';
import { LEADING, type Line, type Paper, type Style, type Typesetter } from './typesetter';

/** A4 in points, and what is kept free around. */
export const PAGE = { width: 595.28, height: 841.89, left: 42, right: 42, top: 54, bottom: 42 };
export const WIDTH = PAGE.width - PAGE.left - PAGE.right;
const LOWEST = PAGE.height - PAGE.bottom;

export const STYLES = {
  title: { size: 26, bold: true, colour: PALETTE.ink },
  heading: { size: 16, bold: true, colour: PALETTE.ink },
  sentence: { size: 13, colour: PALETTE.ink },
  caption: { size: 10, bold: true, colour: PALETTE.ink },
  text: { size: 10, colour: PALETTE.ink },
  strong: { size: 10, bold: true, colour: PALETTE.ink },
  cell: { size: 8.3, colour: PALETTE.ink },
  head: { size: 8, bold: true, colour: PALETTE.muted },
  muted: { size: 9, colour: PALETTE.muted },
  small: { size: 8, colour: PALETTE.muted },
} satisfies Readonly<Record<string, Style>>;

/** Page numbers by the names of what begins there; how many pages there are. */
export interface Places {
  readonly pages: ReadonlyMap<string, number>;
  readonly total: number;
}

/** A part of a document as screen readers know it. */
type Element = PDFKit.PDFStructureElement;
/** What pdfkit's types leave out: by its key, the elements that a page's contents belong to. */
interface Structured {
  readonly page: { readonly structParentTreeKey: number };
  getStructParentTree(): { get(key: number): object[]; add(key: number, parents: object): void };
  ref(data: object): { end(): void };
}
/** With what pdfkit's types leave out. */
type ElementOptions = NonNullable<Parameters<Paper['struct']>[1]> & {
  readonly scope?: 'Row' | 'Column';
  readonly bbox?: readonly number[];
};

/**
 * Pages that are filled from top to bottom. It is gone through twice: at first without a drop of ink, to
 * learn on which page everything begins, then in earnest; so the contents can stand at the front of a document
 * that is handed out page by page.
 */
export class Sheet {
  y = LOWEST;
  private number = 0;
  private readonly begun = new Map<string, number>();
  private readonly open: Element[] = [];
  private readonly root: Element | null = null;
  private bookmark: PDFKit.PDFOutline | null = null;

  /**
   * @param heading above every page
   * @param known null while nothing is drawn
   */
  constructor(
    readonly paper: Paper,
    readonly setter: Typesetter,
    private readonly heading: string,
    private readonly known: Places | null,
  ) {
    if (known === null) return;
    this.root = paper.struct('Document');
    paper.addStructure(this.root);
    this.open.push(this.root);
  }

  /** Nothing comes after it. */
  end(): void {
    this.leavePage();
    this.root?.end();
  }

  get places(): Places {
    return { pages: this.begun, total: this.number };
  }

  get inInk(): boolean {
    return this.known !== null;
  }

  pageOf(name: string): number | null {
    return this.known?.pages.get(name) ?? null;
  }

  /** How much of the page is left. */
  get room(): number {
    return LOWEST - this.y;
  }

  newPage(): void {
    if (this.number > 0) this.leavePage();
    this.number += 1;
    this.y = PAGE.top;
    if (this.known === null) return;
    this.paper.addPage({ size: 'A4', margin: 0 });
    this.paper.markContent('Artifact', { type: 'Pagination' });
    const style = STYLES.small;
    for (const line of this.setter.lines(this.heading, style, WIDTH).slice(0, 1)) {
      this.setter.draw(line, PAGE.left, 28, style);
    }
    this.rule(42, PALETTE.grid);
    const [number] = this.setter.lines(`${this.number} / ${this.known.total}`, style, WIDTH);
    if (number !== undefined) {
      this.setter.draw(number, PAGE.width - PAGE.right - number.width, LOWEST + 14, style);
    }
    this.paper.endMarkedContent();
  }

  /** Another page unless there is so much room. */
  need(height: number): void {
    if (this.room < height) this.newPage();
  }

  /**
   * What links and contents lead to, and a bookmark: a name for the place where the page is filled up to.
   *
   * @param under whether it belongs to the last that did not
   */
  begins(name: string, title: string, under = false): void {
    this.begun.set(name, this.number);
    if (!this.inInk) return;
    this.paper.addNamedDestination(name, 'XYZ', 0, this.y - 8, 0);
    if (under) this.bookmark?.addItem(title);
    else this.bookmark = this.paper.outline.addItem(title);
  }

  /** An element of the document's structure that holds others. */
  within(type: string, draw: () => void): void {
    if (!this.inInk) {
      draw();
      return;
    }
    const element = this.paper.struct(type);
    this.open.at(-1)?.add(element);
    this.open.push(element);
    draw();
    this.open.pop();
    element.end();
  }

  /** An element of the structure with what it shows, all of it on this page. */
  shows(type: string, draw: () => void, options: ElementOptions = {}, leadsTo?: Link): void {
    if (!this.inInk) return;
    const element = this.paper.struct(type, options);
    this.open.at(-1)?.add(element);
    const content = this.paper.markStructureContent(type);
    draw();
    this.paper.endMarkedContent();
    element.add(content);
    if (leadsTo !== undefined) {
      const { name, x, y, width, height } = leadsTo;
      this.paper.goTo(x, y, width, height, name, annotationOf(element, leadsTo.says));
    }
    element.end();
  }

  /** Ink that says nothing: lines, boxes, backgrounds. */
  decorates(draw: () => void): void {
    if (!this.inInk) return;
    this.paper.markContent('Artifact', { type: 'Layout' });
    draw();
    this.paper.endMarkedContent();
  }

  /**
   * Writes out which elements the page's contents belong to, all of which are known by now: pdfkit would keep
   * every element of the document for it until the end.
   */
  private leavePage(): void {
    if (this.known === null) return;
    const paper = this.paper as unknown as Structured;
    const tree = paper.getStructParentTree();
    const key = paper.page.structParentTreeKey;
    const elements = tree.get(key);
    const written = paper.ref(elements);
    written.end();
    tree.add(key, written);
    elements.length = 0;
  }

  rule(y: number, colour: string, from = PAGE.left, to = PAGE.width - PAGE.right): void {
    this.paper.moveTo(from, y).lineTo(to, y).lineWidth(0.6).stroke(colour);
  }

  /** Lines below each other, from the side at which they begin. */
  put(lines: readonly Line[], style: Style, box: Box): void {
    lines.forEach((line, k) => {
      const fromRight = box.align === 'right' || (box.align !== 'left' && line.fromRight);
      const x = fromRight ? box.x + box.width - line.width : box.x;
      this.setter.draw(line, x, box.y + k * style.size * LEADING, style);
    });
  }

  /** A paragraph over the whole width, of whatever length, and some room below it. */
  paragraph(text: string, style: Style, type: string, below = 4): void {
    const height = style.size * LEADING;
    let lines = this.setter.lines(text, style, WIDTH);
    while (lines.length > 0) {
      this.need(height);
      const fitting = lines.slice(0, Math.max(1, Math.floor(this.room / height)));
      const put = (): void => {
        this.put(fitting, style, { x: PAGE.left, y: this.y, width: WIDTH });
      };
      this.shows(type, put, fitting.length === lines.length ? actualText(text) : {});
      this.y += fitting.length * height;
      lines = lines.slice(fitting.length);
    }
    this.y += below;
  }
}

export interface Link {
  readonly name: string;
  /** To those who do not see it. */
  readonly says: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** From where its text begins unless told. */
  readonly align?: 'left' | 'right';
}

/** With what pdfkit's types leave out; it takes plain strings for names. */
function annotationOf(structParent: Element, says: string): PDFKit.Mixins.AnnotationOption {
  const options = { structParent, Contents: new String(says) };
  return options as unknown as PDFKit.Mixins.AnnotationOption;
}
