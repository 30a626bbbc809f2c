import type { Colour } from './colours';
import { aligned, type Cell } from './table';

/** What the command line reads of a row of `GET /api/v1/reports`. */
export interface ClosedReportRow {
  readonly month: string;
  readonly timeZone: string;
  readonly revision: number;
  readonly closedAt: string;
  readonly author: string;
  readonly reason: string;
  readonly hash: string;
  readonly previousHash: string | null;
  readonly deliveries: readonly {
    readonly target: string;
    readonly state: 'pending' | 'failing' | 'delivered';
    readonly error: string | null;
  }[];
}

const HEADER: readonly Cell[] = [
  { text: 'MONTH' },
  { text: 'TIME ZONE' },
  { text: 'REVISION', right: true },
  { text: 'CLOSED' },
  { text: 'BY' },
  { text: 'HASH' },
  { text: 'DELIVERED' },
];

/** The table of `slowburn report --list`, in the order of the service: latest first. */
export function closedReportsTable(rows: readonly ClosedReportRow[], colours: boolean): string {
  if (rows.length === 0) return 'No report is closed yet.';
  return aligned([HEADER, ...rows.map(cellsOf)], colours).join('\n');
}

function cellsOf(row: ClosedReportRow): readonly Cell[] {
  return [
    { text: row.month },
    { text: row.timeZone },
    { text: String(row.revision), right: true },
    { text: row.closedAt },
    { text: row.author },
    { text: row.hash },
    delivered(row.deliveries),
  ];
}

function delivered(deliveries: ClosedReportRow['deliveries']): Cell {
  const text = deliveries.map(({ target, state }) => `${target} ${state}`).join(', ');
  const colour: Colour | undefined = deliveries.some(({ state }) => state === 'failing')
    ? 'red'
    : undefined;
  return { text, ...(colour === undefined ? {} : { colour }) };
}
