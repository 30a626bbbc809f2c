import fc from 'fast-check';
import { stringify } from 'yaml';
import { problemLine } from './problem';
import { readYaml, type YamlFile } from './read-yaml';
import type { YamlDocument } from './yaml-document';

const MEBIBYTE = 1024 * 1024;

function faults(text: string): readonly string[] {
  return readYaml(text, 'f').problems.map(problemLine);
}

function only({ documents, problems }: YamlFile): YamlDocument {
  expect(problems).toEqual([]);
  const [document] = documents;
  if (document === undefined) throw new Error('there is no document');
  return document;
}

describe('a YAML text', () => {
  it('is read as one document after the other, leaving out those that are only comments', () => {
    const { documents, problems } = readYaml('a: 1\n---\n# nothing\n---\n- b\n', 'f');
    expect(problems).toEqual([]);
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, ['b']]);
  });

  it('may be JSON, and may begin with a byte order mark and end its lines as Windows does', () => {
    expect(only(readYaml('{"a": [1, true, null, "x"]}', 'f')).value).toEqual({
      a: [1, true, null, 'x'],
    });
    const windows = only(readYaml('\uFEFFa:\r\n  b: 1\r\n', 'f'));
    expect(windows.value).toEqual({ a: { b: 1 } });
    expect(windows.place(['a', 'b'])).toEqual({ file: 'f', line: 2, column: 6 });
  });

  it('keeps YAML 1.2 words as text: yes, on and dates are not booleans or times', () => {
    expect(only(readYaml('{a: yes, b: on, c: 2026-11-20}', 'f')).value).toEqual({
      a: 'yes',
      b: 'on',
      c: '2026-11-20',
    });
  });

  it('expands aliases and merges mappings, own keys first', () => {
    const text = 'base: &b {x: 1, y: 2}\na: {<<: *b, y: 3}\nb: {<<: [*b, {z: 4}]}\nc: *b\n';
    const document = only(readYaml(text, 'f'));
    expect(document.value).toEqual({
      base: { x: 1, y: 2 },
      a: { y: 3, x: 1 },
      b: { x: 1, y: 2, z: 4 },
      c: { x: 1, y: 2 },
    });
    expect(document.place(['a', 'x'])).toEqual({ file: 'f', line: 1, column: 14 });
  });

  it('keeps a key called __proto__ a key', () => {
    const value = only(readYaml('__proto__: {polluted: yes}\n', 'f')).value as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect({}).not.toHaveProperty('polluted');
  });

  it('gives a number digit for digit as it was written', () => {
    const document = only(readYaml('a: 0.99999999999999999999\nb: "99.90%"\nc: {}\n', 'f'));
    expect(document.written(['a'])).toBe('0.99999999999999999999');
    expect(document.written(['b'])).toBe('99.90%');
    expect(document.written(['c'])).toBe('');
  });

  it('reads back whatever the library writes (property)', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const { documents, problems } = readYaml(stringify(value), 'f');
        expect(problems).toEqual([]);
        expect(JSON.stringify(documents[0]?.value ?? null)).toBe(JSON.stringify(value));
      }),
    );
  });
});

describe('places', () => {
  const text = [
    'list:', // 1
    '  - name: a', // 2
    "    \"quoted key\": 'it''s here'", // 3
    '    double: "tab\\t\\u00e9\\"x"', // 4
    '    literal: |', // 5
    '      one', // 6
    '        two', // 7
    '    folded: >', // 8
    '      three', // 9
    '      four', // 10
    '    plain: abc', // 11
  ].join('\n');
  const document = only(readYaml(text, 'f'));

  it.each([
    ['a value', ['list', 0, 'name'], 2, 11],
    ['an entry of a list', ['list', 0], 2, 5],
    ['the value around one that is missing', ['list', 0, 'missing', 3], 2, 5],
    ['a quoted key', ['list', 0, 'quoted key'], 3, 19],
  ] as const)('name the line and column of %s', (_, path, line, column) => {
    expect(document.place(path)).toEqual({ file: 'f', line, column });
  });

  it('name the key where the complaint is about the key', () => {
    expect(document.keyPlace(['list', 0, 'quoted key'])).toEqual({ file: 'f', line: 3, column: 5 });
  });

  it.each([
    ['plain text', 'plain', 2, 11, 14],
    ['single quotes, whose quotes are doubled', 'quoted key', 5, 3, 26],
    ['double quotes, with escapes', 'double', 6, 4, 27],
    ['a literal block', 'literal', 6, 7, 9],
    ['a folded block: its start', 'folded', 7, 8, 13],
  ] as const)('lead into %s', (_, key, offset, line, column) => {
    expect(document.placeWithin(['list', 0, key], offset)).toEqual({ file: 'f', line, column });
  });
});

describe('a faulty YAML text is refused with its place', () => {
  it.each([
    ['a tab as indentation', 'a:\n\tb: 1', /^f:2:1: error: not valid YAML: a tab is used/],
    [
      'an open bracket',
      'a: [1, 2',
      /^f:1:9: error: not valid YAML: the indentation is wrong, or a bracket/,
    ],
    [
      'a second colon',
      'a: b: c',
      /^f:1:4: error: not valid YAML: a second "key:" stands on one line/,
    ],
    ['a wrong escape', 'a: "\\d"', /^f:1:5: error: not valid YAML: a backslash sequence/],
    [
      'a reserved character',
      'a: @x',
      /^f:1:4: error: not valid YAML: a value begins with a reserved/,
    ],
    ['an unknown tag', 'a: !secret x', /^f:1:4: error: not valid YAML: a tag \(!…\) is unknown/],
    [
      'a duplicate key',
      'a: 1\nb:\n  c: 1\n  c: 2',
      /^f:4:3: error: b\.c: the key "c" is written twice$/,
    ],
    [
      'an unknown alias',
      'a: *nobody',
      /^f:1:4: error: a: no anchor &nobody stands before the alias \*nobody$/,
    ],
    ['a key that is a list', '? [a]\n: 1', /^f:1:3: error: a key must be text$/],
    ['not a number', 'a: .nan', /^f:1:4: error: a: the value is NaN, allowed: a finite number$/],
    [
      'infinity',
      'a: [-.inf]',
      /^f:1:5: error: a\[0\]: the value is -Infinity, allowed: a finite number$/,
    ],
    ['a merge of a text', 'a: {<<: x}', /^f:1:5: error: a\["<<"\]: << merges mappings only/],
  ])('%s', (_, text, message) => {
    const found = faults(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });

  it('never quotes the text around the fault, which may be a secret', () => {
    for (const text of [
      'a: hunter2: x',
      '- a\nhunter2',
      'a: "hunter2',
      '"hunter2" hunter2',
      'a: [hunter2',
    ]) {
      const found = faults(text);
      expect(found.length).toBeGreaterThan(0);
      expect(found.join()).not.toContain('hunter2');
    }
  });

  it('keeps the good documents beside a faulty one', () => {
    const { documents, problems } = readYaml('a: 1\n---\nb: [\n---\nc: 3\n', 'f');
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { c: 3 }]);
    expect(problems.length).toBeGreaterThan(0);
  });
});

describe('a hostile text is put down before it costs', () => {
  const laughs = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 10; level++) {
    laughs.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(', ')}]`,
    );
  }

  it.each([
    ['ten megabytes', 'a: b\n'.repeat(2 * MEBIBYTE), /10485760 characters, allowed: up to 1 MiB/],
    ['a billion laughs', laughs.join('\n'), /aliases and merges repeat over 30000 values/],
    ['an alias of itself', 'a: &a [*a, *a]', /too many or too deeply nested values/],
    ['a megabyte of open brackets', '['.repeat(MEBIBYTE), /nested too deep, allowed: 64 levels/],
    ['brackets that close again', '['.repeat(5000) + ']'.repeat(5000), /nested too deep/],
    ['a megabyte of dashes', '- '.repeat(MEBIBYTE / 2), /nested too deep/],
    [
      'ever deeper keys',
      Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      /nested too deep|too deeply nested/,
    ],
    ['a megabyte of closing brackets', ']'.repeat(MEBIBYTE), /over 100 faults/],
    ['thousands of directives', '%A\n'.repeat(10_000), /over 100 faults/],
    ['a megabyte of directives', '%A\n'.repeat(MEBIBYTE / 4), /over 15000 lines/],
    ['a megabyte of commas', `[${','.repeat(MEBIBYTE - 2)}]`, /too many parts/],
    ['thousands of document marks', '---\n'.repeat(5_001), /over 5000 documents/],
  ])('%s', (_, text, message) => {
    const { problems } = readYaml(text, 'f');
    expect(problems.at(-1)?.message).toMatch(message);
  });

  it.each([
    ['a list that is too long', `a: 1\nb:\n${'- 1\n'.repeat(6_000)}`, [3_003, 2]],
    ['a text that is too long', `a: 1\nb:\n  c: ${'x'.repeat(300_000)}`, [3, 6]],
    ['a quoted text that is too long', `a: 1\nb:\n  c: "${'x'.repeat(300_000)}"`, [3, 6]],
    ['too many parts', `a: 1\n${`b: [${'1,'.repeat(50)}]\n`.repeat(3_000)}`, [638, 95]],
  ])('%s is told of where it is', (_, text, [line, column]) => {
    const { problems } = readYaml(text, 'f');
    expect(problems.map(({ place }) => place)).toEqual([{ file: 'f', line, column }]);
  });

  it.each([
    ['!!binary aGk=', 'a: !!binary aGk='],
    ['!!set', 'a: !!set {b, c}'],
    ['!!omap', 'a: !!omap [{b: 1}]'],
    ['!!timestamp', 'a: [!!timestamp 2026-11-20]'],
    ['!!pairs in a list', '- !!pairs [{b: 1}]'],
  ])('%s, which is no value of JSON', (_, text) => {
    expect(faults(text).join()).toMatch(/a tag \(!…\) is unknown/);
  });

  it('but tags that say what a value is anyway are of no account', () => {
    const { value } = only(
      readYaml('a: !!str 1\nb: !!int 2\nc: !!map {d: !!seq [!!bool true]}', 'f'),
    );
    expect(value).toEqual({ a: '1', b: 2, c: { d: [true] } });
  });

  it('but a large honest one is read', () => {
    const entries = Array.from({ length: 2_900 }, (_, i) => `key${i}: {name: slo-${i}}`);
    const { documents, problems } = readYaml(entries.join('\n'), 'f');
    expect(problems).toEqual([]);
    expect(Object.keys(documents[0]?.value as object)).toHaveLength(2_900);
  });
});
