import LineBreaker from 'linebreak';
import type { Face } from '../../../fonts/faces';
import { beginsRight, type Run, runsOf } from './runs';

/** How text looks. */
export interface Style {
  readonly size: number;
  readonly colour: string;
  readonly bold?: boolean;
}

/** A line that fits, ready to be drawn. */
export interface Line {
  readonly runs: readonly PlacedRun[];
  readonly width: number;
  /** Whether its paragraph begins at the right. */
  readonly fromRight: boolean;
}

interface PlacedRun extends Run {
  readonly width: number;
}

/** Of a font size, from one base line to the next. */
export const LEADING = 1.3;
/** From a line's top to its base line. */
const ASCENT = 0.98;
/** Texts that come again and again, such as names of columns. */
const REMEMBERED = 2_000;
const CLUSTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Asked for by hand, so that a run is shaped as a whole and not word by word. */
const WHOLE: PDFKit.Mixins.TextOptions['features'] = ['kern'];

export type Paper = PDFKit.PDFDocument;

/** What pdfkit's types leave out: the words that each font has shaped. */
interface Shaping {
  readonly _fontFamilies: Readonly<Record<string, { layoutCache: object }>>;
}

/** Measures text, breaks it into lines and draws them, in whatever script it is. */
export class Typesetter {
  private readonly registered = new Set<string>();
  private readonly remembered = new Map<string, readonly Line[]>();

  constructor(private readonly paper: Paper) {}

  /** Wraps at what Unicode allows to, and inside words that are longer than a line. */
  lines(text: string, style: Style, width: number): readonly Line[] {
    const key = `${style.size} ${String(style.bold)} ${Math.round(width * 10)} ${text}`;
    const known = this.remembered.get(key);
    if (known !== undefined) return known;
    const lines = text
      .toWellFormed()
      .split(/\r\n|[\n\r\u2028\u2029]/)
      .flatMap((paragraph) => this.paragraph(paragraph.replaceAll('\t', ' '), style, width));
    if (this.remembered.size >= REMEMBERED) this.forget();
    this.remembered.set(key, lines);
    return lines;
  }

  /** Of the longest line, unless it is wrapped. */
  width(text: string, style: Style): number {
    return Math.max(0, ...this.lines(text, style, Infinity).map((line) => line.width));
  }

  /** @param y of the line's top */
  draw({ runs }: Line, x: number, y: number, style: Style): void {
    let at = x;
    for (const run of runs) {
      this.font(run.face, style).fillColor(style.colour);
      if (run.meant !== undefined) this.paper.markContent('Span', { actual: run.meant });
      this.paper.text(run.text, at, y + style.size * ASCENT, {
        ...{ lineBreak: false, baseline: 'alphabetic', textWidth: run.width, wordCount: 1 },
        ...(run.toLeft ? { features: WHOLE } : {}),
      });
      if (run.meant !== undefined) this.paper.endMarkedContent();
      at += run.width;
    }
  }

  private paragraph(text: string, style: Style, width: number): readonly Line[] {
    const whole = this.line(text, 0, text.length, style);
    if (whole.width <= width) return [whole];
    const lines: Line[] = [];
    let [from, fits] = [0, 0];
    for (const end of breaksOf(text, (piece) => this.measure(piece, style) > width)) {
      if (fits > from && this.measure(text.slice(from, end).trimEnd(), style) > width) {
        lines.push(this.ended(this.line(text, from, fits, style), text.slice(0, fits), style));
        from = fits;
      }
      fits = end;
    }
    return [...lines, this.line(text, from, text.length, style)];
  }

  private line(text: string, from: number, to: number, style: Style): Line {
    const end = from + text.slice(from, to).trimEnd().length;
    const runs = runsOf(text, from, end).map((run) => ({
      ...run,
      width: this.runWidth(run, style),
    }));
    const width = runs.reduce((sum, run) => sum + run.width, 0);
    return { runs, width, fromRight: beginsRight(text) };
  }

  /** Words stay apart for whoever copies them: the blank at which a line was broken is drawn, too. */
  private ended(line: Line, before: string, style: Style): Line {
    const last = line.runs.at(-1);
    if (last === undefined || line.fromRight || before.trimEnd() === before) return line;
    const blank: Run = { text: ' ', face: last.face, toLeft: false };
    return { ...line, runs: [...line.runs, { ...blank, width: this.runWidth(blank, style) }] };
  }

  private measure(text: string, style: Style): number {
    return runsOf(text).reduce((sum, run) => sum + this.runWidth(run, style), 0);
  }

  private runWidth({ text, face, toLeft }: Run, style: Style): number {
    return this.font(face, style).widthOfString(text, toLeft ? { features: WHOLE } : {});
  }

  /** pdfkit would keep the shape of every word of the document. */
  private forget(): void {
    this.remembered.clear();
    const { _fontFamilies: fonts } = this.paper as unknown as Shaping;
    for (const font of Object.values(fonts)) font.layoutCache = {};
  }

  private font(face: Face, { bold = false, size }: Style): Paper {
    const { name, content } = bold ? face.bold : face.regular;
    if (!this.registered.has(name)) {
      this.paper.registerFont(name, content());
      this.registered.add(name);
    }
    return this.paper.font(name, size);
  }
}

/** Where a line may end, in order; inside a piece that does not fit, after each of its characters. */
function breaksOf(text: string, isTooLong: (piece: string) => boolean): readonly number[] {
  const breaker = new LineBreaker(text);
  const ends: number[] = [];
  let from = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    const piece = text.slice(from, next.position);
    if (isTooLong(piece.trimEnd())) {
      for (const { index, segment } of CLUSTERS.segment(piece)) {
        ends.push(from + index + segment.length);
      }
    } else ends.push(next.position);
    from = next.position;
  }
  return ends;
}
