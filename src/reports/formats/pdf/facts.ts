import { PALETTE } from '../../charts/palette';
import type { Columns } from '../../tables/column';
import { figureText } from '../../tables/figure';
import type { Wording } from '../../words/wording';
import { PAGE, type Sheet, STYLES, WIDTH } from './sheet';
import { LEADING, type Style } from './typesetter';

const GAP = 22;
const VALUE: Style = { size: 12, bold: true, colour: PALETTE.ink };

/** Names with their figures below, side by side while they fit. */
export function sideBySide<Row>(
  sheet: Sheet,
  columns: Columns<Row>,
  row: Row,
  wording: Wording,
  {
    x = PAGE.left,
    width = WIDTH,
    style = VALUE,
  }: { x?: number; width?: number; style?: Style } = {},
): void {
  const { setter } = sheet;
  let [left, lowest] = [x, sheet.y];
  sheet.within('L', () => {
    for (const { title, figure } of columns) {
      const [name, value] = [title(wording.words), shown(figureText(figure(row), wording))];
      const wide = Math.min(
        width,
        Math.max(setter.width(name, STYLES.small), setter.width(value, style)),
      );
      if (left > x && left + wide > x + width) [left, sheet.y] = [x, lowest + 4];
      const lines = setter.lines(value, style, wide + 0.01);
      const top = sheet.y + STYLES.small.size * LEADING;
      const at = left;
      sheet.within('LI', () => {
        sheet.shows('Lbl', () => {
          const names = setter.lines(name, STYLES.small, Infinity);
          sheet.put(names, STYLES.small, { x: at, y: sheet.y, width: wide });
        });
        sheet.shows('LBody', () => {
          sheet.put(lines, style, { x: at, y: top, width: wide });
        });
      });
      lowest = Math.max(lowest, top + lines.length * style.size * LEADING);
      left += wide + GAP;
    }
  });
  sheet.y = lowest;
}

/** How high `sideBySide` is in one row. */
export const SIDE_BY_SIDE = (STYLES.small.size + VALUE.size) * LEADING;

/** Names with their figures at the right, one below the other, with the title of all. */
export function oneBelowAnother<Row>(
  sheet: Sheet,
  title: string,
  columns: Columns<Row>,
  row: Row,
  wording: Wording,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): number {
  const { setter } = sheet;
  let top = y;
  const [head, style] = [STYLES.caption, STYLES.cell];
  sheet.shows('P', () => {
    sheet.put(setter.lines(title, head, width), head, { x, y, width });
  });
  top += head.size * LEADING + 3;
  sheet.within('L', () => {
    for (const { title: name, figure } of columns) {
      const value = setter.lines(figureText(figure(row), wording), style, width);
      const room = width - Math.max(...value.map((line) => line.width)) - 6;
      const names = setter.lines(name(wording.words), style, room);
      const at = top;
      sheet.within('LI', () => {
        const muted = { ...style, colour: PALETTE.muted };
        sheet.shows('Lbl', () => {
          sheet.put(names, muted, { x, y: at, width: room, align: 'left' });
        });
        sheet.shows('LBody', () => {
          sheet.put(value, style, { x, y: at, width, align: 'right' });
        });
      });
      top += Math.max(names.length, value.length) * style.size * LEADING + 3;
      const rule = top - 2;
      sheet.decorates(() => {
        sheet.rule(rule, PALETTE.grid, x, x + width);
      });
    }
  });
  return top;
}

/** What is not there takes room, too. */
function shown(text: string): string {
  return text === '' ? '–' : text;
}
