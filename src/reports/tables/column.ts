import type { Words } from '../words/en';
import type { Figure } from './figure';

/** A figure that every row of some kind has, with its name. */
export interface Column<Row> {
  /** Where it stands in the report's JSON, from the row on; empty for what is worked out of it. */
  readonly of: string;
  readonly title: (words: Words) => string;
  readonly figure: (row: Row) => Figure;
}

export type Columns<Row> = readonly Column<Row>[];
