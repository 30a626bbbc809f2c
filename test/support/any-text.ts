import fc from 'fast-check';

/** What has broken one parser or another: quotes, escapes, breaks, marks, words of YAML and PromQL. */
const HOSTILE = [
  ...Array.from('"\'`\\{}[]()<>|&*!%@#,:;?=~^$+-./ \t\n\r\v\f\0\x07\x1b\x7f'),
  ...['\u0085', '\u00a0', '\u00ad', '\u200d', '\u2028', '\u2029', '\u202e', '\ufeff', '\uffff'],
  ...['é', 'e\u0301', 'ß', 'İ', '日本', '🚀', '👩‍👩‍👧', '\u{10ffff}'],
  ...['\\n', '\\u0041', '\\x41', '\\"', '"}', '"} or vector(1) or up{a="', '=~', '.*', '$window'],
  ...['{{.window}}', '---\n', '\n...\n', '\n---\n- a', ': ', ' #', '- ', '<<', '&a', '*a', '!!js'],
  ...[
    'null',
    '~',
    'yes',
    'true',
    '1e3',
    '0x1f',
    '.nan',
    '0.50',
    '2026-11-20',
    '1_000',
    '=',
    '%TAG',
  ],
];

const SURROGATES_FROM = 0xd800;
const SURROGATES = 0x800;

function character(k: number): string {
  return String.fromCodePoint(k < SURROGATES_FROM ? k : k + SURROGATES);
}

/**
 * Any character of Unicode, of every plane and of those that people write, combining marks among them. The
 * library's own `unit: 'binary'` first puts a million characters into a map, for each arbitrary anew.
 */
const anyCharacter = fc.oneof(
  fc.integer({ min: 0, max: 0x10ffff - SURROGATES }).map(character),
  fc.integer({ min: 0, max: 0x2fff }).map(character),
);

/** Characters as they come. */
export function anyCharacters(maxLength = 40): fc.Arbitrary<string> {
  return fc.array(anyCharacter, { maxLength }).map((characters) => characters.join(''));
}

/** Well-formed Unicode of any kind, hostile more often than chance would have it. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  anyCharacters(),
  fc.array(fc.constantFrom(...HOSTILE), { maxLength: 8 }).map((parts) => parts.join('')),
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 8 })), { maxLength: 6 })
    .map((parts) => parts.join('')),
);

/** The same, never empty. */
export const someText: fc.Arbitrary<string> = anyText.filter((text) => text !== '');
