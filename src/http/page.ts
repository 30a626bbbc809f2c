import { InvalidValue } from '../domain/invalid-value';
import type { PageQuery } from './page.dto';

export interface Page<T> {
  readonly items: readonly T[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** Where a page ended: the key of its last row, and how many rows were before the next. */
export interface Cursor {
  readonly key: string;
  readonly offset: number;
}

/**
 * A page of a list that is in memory.
 *
 * It goes on behind the row that ended the page before, wherever that row stands by now; if it is
 * gone, at the same position.
 *
 * @param keyOf what identifies a row, unique in the list
 */
export function pageOf<T>(
  rows: readonly T[],
  query: Pick<PageQuery, 'limit' | 'cursor'>,
  keyOf: (row: T) => string,
): Page<T> {
  const start = query.cursor === undefined ? 0 : startAfter(readCursor(query.cursor), rows, keyOf);
  const items = rows.slice(start, start + query.limit);
  const last = items.at(-1);
  const offset = start + items.length;
  const nextCursor =
    last === undefined || offset >= rows.length ? null : writeCursor({ key: keyOf(last), offset });
  return { items, nextCursor };
}

export function writeCursor({ key, offset }: Cursor): string {
  return Buffer.from(JSON.stringify([key, offset])).toString('base64url');
}

/** @throws InvalidValue when it is not one that was handed out */
export function readCursor(text: string): Cursor {
  const [key, offset] = parsed(text);
  if (typeof key !== 'string' || !Number.isSafeInteger(offset) || Number(offset) < 0) {
    throw new InvalidValue('cursor', text, 'nextCursor of an earlier answer');
  }
  return { key, offset: Number(offset) };
}

function startAfter<T>(cursor: Cursor, rows: readonly T[], keyOf: (row: T) => string): number {
  const index = rows.findIndex((row) => keyOf(row) === cursor.key);
  return index === -1 ? cursor.offset : index + 1;
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
