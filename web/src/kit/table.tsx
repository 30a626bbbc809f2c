import type { ComponentChildren } from 'preact';
import css from './table.module.css';

export interface Column<Row> {
  readonly key: string;
  readonly title: ComponentChildren;
  readonly cell: (row: Row) => ComponentChildren;
  /** Figures stand at the right, so that their digits stand below each other. */
  readonly isFigure?: boolean;
  /** Names its row for screen readers. */
  readonly isName?: boolean;
}

interface Props<Row> {
  /** What the table is about, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A plain table; on a narrow screen it scrolls within itself, and not the page. */
export function Table<Row>({ caption, columns, rows, keyOf }: Props<Row>) {
  return (
    <div class={css['frame']} role="region" aria-label={caption} tabIndex={0}>
      <table class={css['table']}>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, isFigure }) => (
              <th key={key} scope="col" class={isFigure === true ? css['figure'] : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const kind = column.isFigure === true ? css['figure'] : undefined;
  if (column.isName !== true) return <td class={kind}>{column.cell(row)}</td>;
  return (
    <th scope="row" class={kind}>
      {column.cell(row)}
    </th>
  );
}
