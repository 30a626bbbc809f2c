import { STYLES, WIDTH } from './sheet';
import type { Cell, TableColumn } from './cell';
import type { Typesetter } from './typesetter';

export const COLUMN_GAP = 8;
/** Names of columns are wrapped rather than that they widen them. */
const NARROW_HEAD = 38;
const NARROWEST = 24;

/** Numbers are never wrapped; texts share what these leave, and short ones keep what they want. */
export function columnWidths(
  setter: Typesetter,
  columns: readonly TableColumn[],
  rows: readonly (readonly Cell[])[],
): readonly number[] {
  const wanted = columns.map(({ title }, k) => {
    const words = title.split(' ').map((word) => setter.width(word, STYLES.head));
    const head = Math.max(Math.min(setter.width(title, STYLES.head), NARROW_HEAD), ...words);
    const cells = rows.map((cells) =>
      Math.max(setter.width(cells[k]?.text ?? '', STYLES.cell), cells[k]?.drawing?.width ?? 0),
    );
    return Math.max(head, ...cells) + 0.5;
  });
  const over = sum(wanted) - (WIDTH - (columns.length - 1) * COLUMN_GAP);
  if (over <= 0) return wanted.map((width) => width - over / columns.length);
  const texts = wanted.filter((_, k) => columns[k]?.right === false);
  const limit = levelled(texts, sum(texts) - over);
  return wanted.map((width, k) => (columns[k]?.right === true ? width : Math.min(width, limit)));
}

/** The most that each may have for all together to have so much. */
function levelled(wanted: readonly number[], room: number): number {
  let left = room;
  for (const [k, width] of [...wanted].sort((a, b) => a - b).entries()) {
    const share = left / (wanted.length - k);
    if (width > share) return Math.max(share, NARROWEST);
    left -= width;
  }
  return Math.max(...wanted);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
