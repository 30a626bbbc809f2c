import * as fc from 'fast-check';
import { anyCharacters } from '../../test/support/any-text';
import { pageOf, readCursor, writeCursor } from './page';
import type { Page } from './page';

const key = (row: string) => row;

describe('a page', () => {
  it('hands out every row once, in order, whatever the limit', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 7 }), (rows, limit) => {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Page<string> = pageOf(
            rows,
            cursor === null ? { limit } : { limit, cursor },
            key,
          );
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          cursor = page.nextCursor;
        } while (cursor !== null);
        expect(seen).toEqual(rows);
      }),
    );
  });

  it('has no next one when it ends with the list', () => {
    expect(pageOf(['a', 'b'], { limit: 2 }, key).nextCursor).toBeNull();
    expect(pageOf([], { limit: 2 }, key)).toEqual({ items: [], nextCursor: null });
  });

  it('goes on behind its last row when rows came before it', () => {
    const { nextCursor } = pageOf(['b', 'c', 'd'], { limit: 2 }, key);
    const next = { limit: 2, cursor: nextCursor ?? '' };
    expect(pageOf(['a', 'b', 'c', 'd'], next, key).items).toEqual(['d']);
  });

  it('goes on at its position when its last row is gone', () => {
    const { nextCursor } = pageOf(['a', 'b', 'c', 'd'], { limit: 2 }, key);
    const next = { limit: 2, cursor: nextCursor ?? '' };
    expect(pageOf(['a', 'c', 'd'], next, key).items).toEqual(['d']);
  });
});

describe('a cursor', () => {
  it('comes back as it was written, in characters fit for a URL', () => {
    fc.assert(
      fc.property(anyCharacters(), fc.nat(), (text, offset) => {
        const cursor = writeCursor({ key: text, offset });
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(readCursor(cursor)).toEqual({ key: text, offset });
      }),
    );
  });

  it.each([
    '',
    'nonsense',
    '%%%',
    Buffer.from('{"key":"a"}').toString('base64url'),
    Buffer.from('["a",-1]').toString('base64url'),
    Buffer.from('["a"]').toString('base64url'),
  ])('is refused when it is %p', (text) => {
    expect(() => readCursor(text)).toThrow(/cursor is .*, allowed: nextCursor/);
  });
});
