import type { Colour } from './colours';
import { aligned, type Cell } from './table';

/** What the command line reads of a row of `GET /api/v1/tokens`. */
export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly state: 'active' | 'expired' | 'revoked';
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

const HEADER: readonly Cell[] = [
  { text: 'NAME' },
  { text: 'ROLE' },
  { text: 'STATE' },
  { text: 'CREATED' },
  { text: 'BY' },
  { text: 'EXPIRES' },
  { text: 'LAST USED' },
];

const COLOURS: Readonly<Record<TokenRow['state'], Colour>> = {
  active: 'green',
  expired: 'gray',
  revoked: 'gray',
};

/** The table of `slowburn token list`, in the order of the service: by name. */
export function tokenTable(rows: readonly TokenRow[], colours: boolean): string {
  if (rows.length === 0) return 'There are no tokens but ADMIN_TOKEN.';
  return aligned([HEADER, ...rows.map(cellsOf)], colours).join('\n');
}

function cellsOf(row: TokenRow): readonly Cell[] {
  return [
    { text: row.name },
    { text: row.role },
    { text: row.state, colour: COLOURS[row.state] },
    { text: minute(row.createdAt) },
    { text: row.createdBy },
    { text: row.expiresAt === null ? 'never' : minute(row.expiresAt) },
    { text: row.lastUsedAt === null ? 'never' : minute(row.lastUsedAt) },
  ];
}

/** `2026-11-20 18:35Z` of an RFC 3339 instant in UTC. */
function minute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')}Z`;
}
