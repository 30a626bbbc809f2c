const MEBIBYTE = 1024 * 1024;
/** Just under the limit of a file. */
const NEARLY = MEBIBYTE - 2_000;

const HEAD = 'apiVersion: slowburn/v1\nservice: a\nslos:\n';
const SLI = 'sli: {ratio: {total: a_total, bad: b_total}}';

export interface HostileFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** What is said of it. */
  readonly message: RegExp;
}

/** A native file of one SLO with these lines, the rest of which is as it should be. */
function slo(...lines: readonly string[]): string {
  return `${HEAD}  - ${['name: one', ...lines].join('\n    ')}\n`;
}

function withQuery(query: string): string {
  return slo('objective: 99%', `sli: {query: {errorRatio: ${JSON.stringify(query)}}}`);
}

function withTotal(total: string): string {
  return slo('objective: 99%', `sli: {ratio: {total: ${JSON.stringify(total)}, bad: b_total}}`);
}

function filled(unit: string, bytes = NEARLY): string {
  return unit.repeat(Math.floor(bytes / unit.length));
}

function numbered(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

function laughs(start: string, each: (level: number) => string): string {
  return [start, ...Array.from({ length: 9 }, (_, level) => each(level + 1))].join('\n');
}

function nine(reference: string): string {
  return Array<string>(9).fill(reference).join(', ');
}

const TEXTS: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  // Bombs
  [
    'a billion laughs',
    laughs(`a0: &a0 [${nine('x')}]`, (at) => `a${at}: &a${at} [${nine(`*a${at - 1}`)}]`),
    /aliases and merges repeat over 30000 values/,
  ],
  [
    'a billion merges',
    laughs('a0: &a0 {x: 1}', (at) => `a${at}: &a${at} {<<: [${nine(`*a${at - 1}`)}], y${at}: 1}`),
    /aliases and merges repeat over 30000 values/,
  ],
  [
    'one long list, a thousand times over',
    `a: &a [${filled('x,', 2_000)}]\nb: [${filled('*a,', 3_000)}]`,
    /aliases and merges repeat over 30000 values/,
  ],
  [
    'one long text, a thousand times over',
    slo(`description: &d "${filled('x', 200_000)}"`, 'objective: 99%', SLI) +
      numbered(
        1_000,
        (at) => `  - {name: n${at}, description: *d, team: *d, objective: 99%, ${SLI}}`,
      ),
    /aliases and merges repeat over 30000 values/,
  ],
  ['an alias of itself', 'a: &a [*a, *a]', /too many or too deeply nested/],
  ['a merge of itself', 'a: &a {<<: *a}', /too many or too deeply nested/],
  [
    'an alias as a key',
    'a: &a x\n*a : 1',
    /not valid YAML|a key must be text|apiVersion is missing/,
  ],
  // Size
  ['ten megabytes', filled('a: b\n', 10 * MEBIBYTE), /bytes, allowed: up to 1 MiB/],
  ['one byte too many', filled('#', MEBIBYTE + 1), /1048577 bytes, allowed: up to 1 MiB/],
  ['a megabyte of spaces', filled(' '), /the file holds no document/],
  ['a megabyte of lines', filled('\n'), /there are over 15000 lines/],
  ['a megabyte of comment', `#${filled('x')}`, /the file holds no document/],
  ['seven thousand documents', filled('---\na: 1\n', 7_000 * 9), /over 5000 documents/],
  ['ten thousand empty documents', filled('---\n', 40_000), /over 5000 documents/],
  [
    'twenty thousand SLOs',
    `${HEAD} [${numbered(20_000, (at) => `{name: n${at}, objective: 99%, sli: 1},`).replaceAll('\n', ' ')}]`,
    /too many parts, allowed: up to 100000/,
  ],
  // Depth
  ['a megabyte of open brackets', filled('['), /nested too deep, allowed: 64 levels/],
  ['a megabyte of open braces', filled('{'), /nested too deep, allowed: 64 levels/],
  ['a megabyte of keys in braces', filled('{a: '), /nested too deep, allowed: 64 levels/],
  ['a megabyte of dashes', filled('- '), /nested too deep, allowed: 64 levels/],
  ['a megabyte of question marks', filled('? '), /nested too deep, allowed: 64 levels/],
  [
    'ever deeper keys',
    numbered(1_000, (at) => `${' '.repeat(at)}a:`),
    /nested too deep|too deeply nested/,
  ],
  ['a hundred brackets of JSON', `${'['.repeat(100)}${']'.repeat(100)}`, /too deep/],
  // Keys
  [
    'thousands of duplicate keys',
    `a:\n${numbered(2_900, () => '  b: 1')}`,
    /the key "b" is written twice/,
  ],
  [
    'ten thousand duplicate keys',
    `a:\n${numbered(10_000, () => '  b: 1')}`,
    /a list or mapping has over 3000 entries/,
  ],
  [
    'thousands of unknown keys',
    slo('objective: 99%', SLI, `labelz: {}`) + numbered(2_900, (at) => `k${at}: 1`),
    /there are \d+ faults, too many to list them all/,
  ],
  [
    'ten thousand unknown keys',
    slo('objective: 99%', SLI, `labelz: {}`) + numbered(10_000, (at) => `k${at}: 1`),
    /a list or mapping has over 3000 entries/,
  ],
  ['a key of a megabyte', `"${filled('k')}": 1`, /the text has 1046578 characters/],
  [
    'an unknown key of a megabyte',
    `${slo('objective: 99%', SLI)}? ${filled('k', NEARLY - 200)}\n: 1\n`,
    /the text has 1046376 characters/,
  ],
  [
    'an unknown key of a quarter of that',
    `${slo('objective: 99%', SLI)}? ${filled('k', 262_144)}\n: 1\n`,
    /a key has 262144 characters, allowed: up to 1024/,
  ],
  [
    'keys of the prototype',
    '__proto__: {a: 1}\nconstructor: {prototype: 1}',
    /apiVersion is missing/,
  ],
  ['a key that is a mapping', '{a: 1}: 2', /a key must be text|not valid YAML/],
  // Scalars
  [
    'a name of a megabyte',
    slo(`"x": 1`).replace('one', filled('n')),
    /the text has \d+ characters, allowed: up to 262144/,
  ],
  [
    'an objective of a megabyte of nines',
    slo(`objective: 0.${filled('9')}`, SLI),
    /the text has \d+ characters/,
  ],
  ['a number beyond all numbers', slo('objective: 1e999999', SLI), /Infinity, allowed: a finite/],
  [
    'a window of a megabyte of digits',
    slo('objective: 99%', SLI, `window: ${filled('9')}d`),
    /the text has \d+ characters/,
  ],
  [
    'a window of a megabyte of units',
    slo('objective: 99%', SLI, `window: ${filled('1d')}`),
    /the text has \d+ characters/,
  ],
  [
    'thousands of groups',
    slo('objective: 99%', SLI, `groupBy: [${numbered(2_900, (at) => `        g${at % 2_899},`)}]`),
    /groupBy.*(twice|same|unique|duplicate)/i,
  ],
  [
    'ten thousand groups',
    slo('objective: 99%', SLI, `groupBy: [${numbered(10_000, (at) => `        g${at},`)}]`),
    /a list or mapping has over 3000 entries/,
  ],
  [
    'a query of a megabyte of brackets',
    withQuery(`${'('.repeat(NEARLY / 2)}a[$window]${')'.repeat(NEARLY / 2 - 100)}`),
    /the text has \d+ characters/,
  ],
  [
    'a query of a megabyte of sums',
    withQuery(`a[$window]${filled('+a', 900_000)}`),
    /the text has \d+ characters/,
  ],
  [
    'a query of a megabyte of minus signs',
    withQuery(`${filled('-', 900_000)}a[$window]`),
    /the text has \d+ characters/,
  ],
  [
    'a query of a megabyte of quotes',
    withQuery(`a{b="${filled('\\\\', 400_000)}"}[$window]`),
    /up to/,
  ],
  [
    'a selector of a megabyte of matchers',
    withTotal(`a{${filled('b="c",', 700_000)}}`),
    /the text has \d+ characters/,
  ],
  [
    'a selector of a megabyte of errors',
    withTotal(filled('} ', 900_000)),
    /the text has \d+ characters/,
  ],
  [
    'a query as deep as it may be long',
    withQuery(`${'('.repeat(8_000)}rate(a[$window])${')'.repeat(8_000)}`),
    /nested too deep/,
  ],
  [
    'functions as deep as they may be long',
    withQuery(`${'abs('.repeat(3_000)}rate(a[$window])${')'.repeat(3_000)}`),
    /nested too deep/,
  ],
  // Tags
  [
    'a JavaScript function',
    'a: !!js/function "function () { return 1 }"',
    /a tag \(!…\) is unknown/,
  ],
  ['a JavaScript expression', 'a: !!js/regexp /x/', /a tag \(!…\) is unknown/],
  ['a Python object', 'a: !!python/object/apply:os.system [ls]', /a tag \(!…\) is unknown/],
  ['bytes', 'a: !!binary aGVsbG8=', /a tag \(!…\) is unknown/],
  ['a set', 'a: !!set {b, c}', /a tag \(!…\) is unknown/],
  ['a time', 'a: !!timestamp 2026-11-20', /a tag \(!…\) is unknown/],
  ['a tag of a host', 'a: !<tag:example.com,2026:x> b', /a tag \(!…\) is unknown/],
  ['a tag that is declared', '%TAG ! tag:example.com,2026:\n---\na: !x b', /tag \(!…\) is unknown/],
  ['a tag that lies', 'apiVersion: !!map slowburn/v1', /a tag|not valid YAML/],
  // Characters
  ['NUL', 'apiVersion: slowburn/v1\u0000', /apiVersion is "slowburn\/v1\\u0000"/],
  ['NUL alone', '\u0000'.repeat(1_000), /apiVersion is missing|not valid YAML|holds no document/],
  ['a second byte order mark', `\ufeff\ufeff${HEAD}`, /apiVersion is missing|slos/],
  ['a mark that turns the writing', `service: "\u202e"\n${HEAD}`, /service/],
];

const BYTES: readonly (readonly [name: string, bytes: Buffer, message: RegExp])[] = [
  ['UTF-16', Buffer.from(`\ufeff${HEAD}`, 'utf16le'), / not UTF-8 text/],
  ['Latin-1', Buffer.from('service: caf\u00e9\n', 'latin1'), / not UTF-8 text/],
  ['an overlong character', Buffer.from([0x61, 0x3a, 0x20, 0xc0, 0xaf]), / not UTF-8 text/],
  ['half a surrogate pair', Buffer.from([0x61, 0x3a, 0x20, 0xed, 0xa0, 0x80]), / not UTF-8 text/],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), / not UTF-8 text/],
  ['a zipped file', Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00]), / not UTF-8 text/],
  ['nothing', Buffer.alloc(0), /the file holds no document/],
];

/** Files that were made to cost, to confuse or to be read as what they are not. */
export const HOSTILE_FILES: readonly HostileFile[] = [
  ...TEXTS.map(([name, text, message]) => ({ name, bytes: Buffer.from(text), message })),
  ...BYTES.map(([name, bytes, message]) => ({ name, bytes, message })),
];
