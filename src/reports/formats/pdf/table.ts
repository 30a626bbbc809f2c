import { PALETTE } from '../../charts/palette';
import type { Columns } from '../../tables/column';
import { figureText, isNumber } from '../../tables/figure';
import type { Wording } from '../../words/wording';
import type { Cell, TableColumn } from './cell';
import { PAGE, type Sheet, STYLES } from './sheet';
import { actualText } from './runs';
import { COLUMN_GAP, columnWidths } from './table-widths';
import { LEADING, type Line, type Style } from './typesetter';

const PADDING = 2.6;
/** Rows that are not torn apart. */
const FEW = 5;
const [BODY_LINE, HEAD_LINE] = [STYLES.cell.size * LEADING, STYLES.head.size * LEADING];

/** A table of figures below the names of their columns. */
export function tableOf<Row>(
  sheet: Sheet,
  caption: string,
  columns: Columns<Row>,
  rows: readonly Row[],
  wording: Wording,
  leadsTo?: (row: Row) => string,
): void {
  const heads = columns.map(({ title, figure }) => ({
    title: title(wording.words),
    right: rows.some((row) => isNumber(figure(row))),
  }));
  const cells = rows.map((row) =>
    columns.map(({ figure }, k): Cell => {
      const text = figureText(figure(row), wording);
      return leadsTo === undefined || k > 0 ? { text } : { text, leadsTo: leadsTo(row) };
    }),
  );
  new Table(sheet, heads, cells).draw(caption);
}

/** Rows below the names of their columns, which stand on every page; a row may be longer than a page. */
export class Table {
  private readonly widths: readonly number[];
  private readonly heads: readonly (readonly Line[])[];

  constructor(
    private readonly sheet: Sheet,
    private readonly columns: readonly TableColumn[],
    private readonly rows: readonly (readonly Cell[])[],
  ) {
    this.widths = columnWidths(sheet.setter, columns, rows);
    this.heads = columns.map(({ title }, k) =>
      sheet.setter.lines(title, STYLES.head, this.widths[k] ?? 0),
    );
  }

  draw(caption: string): void {
    const { sheet } = this;
    // Few rows stay together; of many, at least two stand below their heading.
    const together = this.rows.length <= FEW ? this.rows.length : 2;
    const headHeight = longest(this.heads) * HEAD_LINE + 2 * PADDING;
    sheet.need(STYLES.caption.size * LEADING + headHeight + together * (BODY_LINE + 2 * PADDING));
    sheet.paragraph(caption, STYLES.caption, 'P', 0);
    sheet.within('Table', () => {
      this.head();
      this.rows.forEach((cells, k) => {
        // The last row is not left alone on a page.
        this.row(cells, k === this.rows.length - 2 ? BODY_LINE + 2 * PADDING : 0);
      });
    });
    sheet.y += 7;
  }

  private head(): void {
    const height = longest(this.heads) * HEAD_LINE;
    this.band(height, PALETTE.muted, (k, top) => {
      const column = this.columns[k];
      if (column === undefined) return;
      const title = { text: column.title };
      this.cell(k, title, this.heads[k] ?? [], STYLES.head, top, height, 'Column');
    });
  }

  /** @param below how much room there has to be below it */
  private row(cells: readonly Cell[], below: number): void {
    const { sheet } = this;
    const drawn = Math.max(0, ...cells.map(({ drawing }) => drawing?.height ?? 0));
    let rest = cells.map(({ text }, k) =>
      sheet.setter.lines(text, STYLES.cell, this.widths[k] ?? 0),
    );
    const beside = drawn + 2 * PADDING;
    if (longest(rest) * BODY_LINE + beside + below > sheet.room) this.onAnotherPage();
    while (longest(rest) > 0) {
      const fitting = Math.max(1, Math.floor((sheet.room - beside) / BODY_LINE));
      const part = rest.map((lines) => lines.slice(0, fitting));
      const height = longest(part) * BODY_LINE + drawn;
      this.band(height, PALETTE.grid, (k, top) => {
        const cell = cells[k];
        if (cell === undefined) return;
        const style = { ...STYLES.cell, colour: cell.colour ?? STYLES.cell.colour };
        this.cell(k, cell, part[k] ?? [], style, top, height, k === 0 ? 'Row' : null);
      });
      rest = rest.map((lines) => lines.slice(fitting));
      if (longest(rest) > 0) this.onAnotherPage();
    }
  }

  private onAnotherPage(): void {
    this.sheet.newPage();
    this.head();
  }

  /** A row of the structure, with a line below. */
  private band(height: number, rule: string, cell: (k: number, top: number) => void): void {
    const { sheet } = this;
    const top = sheet.y + PADDING;
    sheet.within('TR', () => {
      for (const k of this.columns.keys()) cell(k, top);
    });
    sheet.y = top + height + PADDING;
    sheet.decorates(() => {
      sheet.rule(sheet.y, rule);
    });
  }

  /** @param heads what it is the head of; null for none */
  private cell(
    k: number,
    { text, leadsTo, drawing }: Cell,
    lines: readonly Line[],
    style: Style,
    y: number,
    height: number,
    heads: 'Row' | 'Column' | null,
  ): void {
    const { sheet, widths } = this;
    const before = widths.slice(0, k).reduce((sum, width) => sum + width + COLUMN_GAP, 0);
    const box = { x: PAGE.left + before, y, width: widths[k] ?? 0 };
    const put = (): void => {
      sheet.put(lines, style, this.columns[k]?.right === true ? { ...box, align: 'right' } : box);
    };
    if (drawing !== undefined) {
      sheet.within('TD', () => {
        sheet.shows('P', put, actualText(text));
        drawing.draw(box.x, y + lines.length * style.size * LEADING, box.width);
      });
      return;
    }
    const link = leadsTo === undefined ? undefined : { ...box, name: leadsTo, says: text, height };
    const actual = actualText(text);
    if (heads === null) sheet.shows('TD', put, actual, link);
    else sheet.shows('TH', put, { ...actual, scope: heads }, link);
  }
}

function longest(cells: readonly (readonly Line[])[]): number {
  return Math.max(0, ...cells.map((lines) => lines.length));
}
