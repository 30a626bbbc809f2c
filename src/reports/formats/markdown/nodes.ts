import type { BlockContent, Heading, List, Paragraph, Table, TableCell } from 'mdast';
import type { Columns } from '../../tables/column';
import { figureText, isNumber } from '../../tables/figure';
import type { Wording } from '../../words/wording';

export function heading(depth: Heading['depth'], text: string): Heading {
  return { type: 'heading', depth, children: [{ type: 'text', value: text }] };
}

export function paragraph(text: string): Paragraph {
  return { type: 'paragraph', children: [{ type: 'text', value: text }] };
}

export function list(items: readonly string[]): List {
  return {
    ...{ type: 'list', ordered: false, spread: false },
    children: items.map((item) => ({ type: 'listItem', children: [paragraph(item)] })),
  };
}

/** Rows below the names of their columns; numbers to the right. */
export function table<Row>(columns: Columns<Row>, rows: readonly Row[], wording: Wording): Table {
  const head = columns.map(({ title }) => title(wording.words));
  const body = rows.map((row) => columns.map(({ figure }) => figureText(figure(row), wording)));
  const right = columns.map(({ figure }) => rows.some((row) => isNumber(figure(row))));
  return tableOf(
    [head, ...body],
    right.map((is) => (is ? 'right' : 'left')),
  );
}

/** One row's figures below each other, with their names. */
export function facts<Row>(
  title: readonly [string, string],
  columns: Columns<Row>,
  row: Row,
  wording: Wording,
): Table {
  const lines = columns.map(({ title: name, figure }) => [
    name(wording.words),
    figureText(figure(row), wording),
  ]);
  return tableOf([title, ...lines], ['left', 'right']);
}

/** A list with its heading, or that it is empty. */
export function listed<Row>(
  title: string,
  columns: Columns<Row>,
  rows: readonly Row[],
  none: string,
  wording: Wording,
): readonly BlockContent[] {
  return [heading(4, title), rows.length === 0 ? paragraph(none) : table(columns, rows, wording)];
}

function tableOf(rows: readonly (readonly string[])[], align: ('left' | 'right')[]): Table {
  return {
    type: 'table',
    align,
    children: rows.map((cells) => ({ type: 'tableRow', children: cells.map(cellOf) })),
  };
}

function cellOf(text: string): TableCell {
  return { type: 'tableCell', children: text === '' ? [] : [{ type: 'text', value: text }] };
}
