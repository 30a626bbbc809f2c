import { InvalidValue } from '../domain/invalid-value';

/**
 * A PromQL string literal that means exactly this value.
 *
 * JSON's escapes are all Go's too; what JSON lets through but Go does not, half a surrogate pair,
 * cannot be a label value and is refused.
 */
export function quoted(value: string): string {
  if (!value.isWellFormed()) throw new InvalidValue('label value', value, 'well-formed Unicode');
  return JSON.stringify(value);
}

/** A regular expression (RE2, anchored by Prometheus) that matches exactly these values. */
export function anyOf(values: readonly string[]): string {
  return values.map((value) => value.replace(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`)).join('|');
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/**
 * The value of a PromQL string literal, in any of its three quotes.
 *
 * @throws InvalidValue for an escape that Go does not know
 */
export function unquoted(literal: string): string {
  const body = literal.slice(1, -1);
  if (literal.startsWith('`')) return body;
  const bytes: Buffer[] = [];
  const pattern =
    /\\(?:([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))|[^\\]+/g;
  for (const [whole, octal, hex, short, long, simple] of body.matchAll(pattern)) {
    if (octal !== undefined) bytes.push(Buffer.from([parseInt(octal, 8)]));
    else if (hex !== undefined) bytes.push(Buffer.from([parseInt(hex, 16)]));
    else if (simple !== undefined) bytes.push(Buffer.from(simpleEscape(simple, literal)));
    else if (short !== undefined || long !== undefined) {
      bytes.push(Buffer.from(String.fromCodePoint(parseInt(short ?? long ?? '', 16))));
    } else bytes.push(Buffer.from(whole));
  }
  return Buffer.concat(bytes).toString('utf8');
}

function simpleEscape(letter: string, literal: string): string {
  const value = SIMPLE_ESCAPES[letter];
  if (value === undefined) {
    throw new InvalidValue(
      'string literal',
      literal,
      String.raw`the escapes \a \b \f \n \r \t \v \\ \" \' \ooo \xhh \uhhhh`,
    );
  }
  return value;
}
