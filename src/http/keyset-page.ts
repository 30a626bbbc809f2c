import { InvalidValue } from '../domain/invalid-value';
import type { Page } from './page';
import type { PageQuery } from './page.dto';

/**
 * A page of a list that the database holds in the order of a key: the next one goes on behind the key
 * of its last row, whatever came or went meanwhile.
 *
 * @param read the rows behind a key, or from the beginning, at most so many
 * @param shape what the keys of this list look like
 */
export async function keysetPage<T>(
  query: Pick<PageQuery, 'limit' | 'cursor'>,
  shape: RegExp,
  keyOf: (row: T) => string,
  read: (after: string | null, limit: number) => Promise<readonly T[]>,
): Promise<Page<T>> {
  const after = query.cursor === undefined ? null : readKey(query.cursor, shape);
  // One more than is shown tells whether there is a next page.
  const rows = await read(after, query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const nextCursor =
    last === undefined || rows.length === items.length
      ? null
      : Buffer.from(keyOf(last)).toString('base64url');
  return { items, nextCursor };
}

function readKey(cursor: string, shape: RegExp): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!shape.test(key)) {
    throw new InvalidValue('cursor', cursor, 'nextCursor of an earlier answer');
  }
  return key;
}
