import fc from 'fast-check';
import { anyCharacters } from '../../test/support/any-text';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { writeNative } from './native-writer';
import { readDefinitions } from './read-definitions';

const FOLDER = join(__dirname, '../../test/golden/foreign');

const DOCUMENTS = ['sloth', 'pyrra', 'openslo'].flatMap((language) =>
  readdirSync(join(FOLDER, language))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) =>
      parseAllDocuments(readFileSync(join(FOLDER, language, name), 'utf8'), { merge: true }).map(
        (document) => document.toJS() as unknown,
      ),
    ),
);

/** Replaces, removes or adds a value somewhere. */
function damaged(value: unknown, way: readonly number[], other: unknown): unknown {
  const [turn, ...rest] = way;
  if (turn === undefined || typeof value !== 'object' || value === null) return other;
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    const index = items.length === 0 ? 0 : turn % items.length;
    return Object.assign([...items], { [index]: damaged(items[index], rest, other) });
  }
  const entries = Object.entries(value);
  const index = turn % (entries.length + 1);
  const [key, inner] = entries[index] ?? ['added', null];
  return { ...value, [key]: damaged(inner, rest, other) };
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, '', [], {}, [[]], [null], { a: null }, true, -1, 0, 1e300, 0.1),
  fc.constantFrom<unknown>('{{.window}}', 'up[$window]', 'rate(', '1M', '1m', '99.9', '0.1', 'SLI'),
  fc.constantFrom<unknown>('__proto__', 'constructor', 'javascript:alert(1)', 'a\u0000b'),
  anyCharacters(30),
);

describe('whatever becomes of a foreign definition', () => {
  it('is told without a throw, and what is defined can be written in the native language', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENTS),
        fc.array(fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }), {
          minLength: 1,
          maxLength: 3,
        }),
        odd,
        (documents, ways, other) => {
          const hurt = ways.reduce<unknown>((all, way) => damaged(all, way, other), documents);
          const text = [hurt]
            .flat()
            .map((document) => stringify(document))
            .join('---\n');
          const { slos, problems } = readDefinitions(text, 'f');
          for (const { place, message } of problems) {
            expect(place.line).toBeGreaterThan(0);
            expect(message).not.toMatch(/undefined|\[object/);
          }
          if (slos.length === 0) return;
          const again = readDefinitions(writeNative(slos.map(({ slo }) => slo)), 'native');
          expect(again.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
          expect(new Set(again.slos.map(({ slo }) => slo))).toEqual(
            new Set(slos.map(({ slo }) => slo)),
          );
        },
      ),
      { numRuns: 400 },
    );
  });
});
