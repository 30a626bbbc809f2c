import { type Colour, coloured } from './colours';
import { aligned } from './table';

/** What the command line reads of the answer to a change of definitions. */
export interface ChangesAnswer {
  readonly dryRun: boolean;
  readonly items: readonly ChangeRow[];
  readonly warnings: readonly PlacedComplaint[];
}

export interface ChangeRow {
  readonly slo: string;
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'resumed' | 'deleted';
  readonly stream: 'new' | 'kept' | 'resumed' | 'renamed' | 'ended';
  readonly changes: readonly {
    readonly field: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
}

export interface PlacedComplaint {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

const COLOURS: Readonly<Partial<Record<ChangeRow['outcome'], Colour>>> = {
  created: 'green',
  resumed: 'green',
  changed: 'yellow',
  deleted: 'red',
  unchanged: 'gray',
};

const STREAMS: Readonly<Partial<Record<ChangeRow['stream'], string>>> = {
  resumed: 'goes on counting where it stopped',
  renamed: 'goes on with the history of its earlier name',
};

/** One line per SLO, then how many of each. */
export function changesReport({ dryRun, items }: ChangesAnswer, colours: boolean): string {
  const lines = aligned(
    items.map((row) => {
      const colour = COLOURS[row.outcome];
      const outcome = colour === undefined ? { text: row.outcome } : { text: row.outcome, colour };
      return [outcome, { text: row.slo }, { text: wordsOf(row) }];
    }),
    colours,
  );
  const summary = [...new Set(items.map(({ outcome }) => outcome))]
    .map((outcome) => `${items.filter((row) => row.outcome === outcome).length} ${outcome}`)
    .join(', ');
  const nothing = dryRun ? '; nothing was saved' : '';
  return [...lines, `${summary}${nothing}`].join('\n');
}

/** In the form editors jump to: `slos/shop.yaml:4:5: error: slos[0].objective: …`. */
export function complaintLine(
  severity: 'error' | 'warning',
  { line, column, path, message }: PlacedComplaint,
  placeOf: (line: number) => { readonly file: string; readonly line: number },
  colours: boolean,
): string {
  const place = placeOf(line);
  const word = colours ? coloured(severity, severity === 'error' ? 'red' : 'yellow') : severity;
  const where = `${place.file}:${place.line}:${column}: ${word}`;
  return path === '' ? `${where}: ${message}` : `${where}: ${path}: ${message}`;
}

function wordsOf({ outcome, stream, changes }: ChangeRow): string {
  const fields = changes.map(
    ({ field, before, after }) => `${field} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
  );
  const counted =
    outcome === 'changed' && stream === 'new' ? 'begins counting anew' : STREAMS[stream];
  return [...fields, ...(counted === undefined ? [] : [counted])].join('; ');
}
