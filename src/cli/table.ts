import { type Colour, coloured } from './colours';

const GAP = '  ';

export interface Cell {
  readonly text: string;
  readonly colour?: Colour;
  readonly right?: boolean;
}

/** Rows as lines of text whose columns stand below each other. */
export function aligned(rows: readonly (readonly Cell[])[], colours: boolean): readonly string[] {
  const [first = []] = rows;
  const widths = first.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.text.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0, colours))
      .join(GAP)
      .trimEnd(),
  );
}

function padded({ text, colour, right }: Cell, width: number, colours: boolean): string {
  const full = right === true ? text.padStart(width) : text.padEnd(width);
  // Coloured after padding: the colour's own characters have no width.
  return colours && colour !== undefined ? coloured(full, colour) : full;
}
