/** A complaint at its place, both from 1. */
export interface EditorProblem {
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A place to go to; a new object goes there again. */
export interface EditorPlace {
  readonly line: number;
  readonly column: number;
}
