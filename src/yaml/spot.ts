import type { Scalar } from 'yaml';

/** Where a value of a document stands, and those within it. */
export interface Spot {
  /** Offset of the value in the text. */
  readonly offset: number;
  /** Offset of its key, or of itself in a list. */
  readonly keyOffset: number;
  readonly scalar: Scalar.Parsed | null;
  readonly within: ReadonlyMap<string | number, Spot>;
}

/**
 * Offset in the file of a character of a scalar's value: exact for scalars on one line, for plain
 * text and both kinds of quotes, and for literal blocks (|); otherwise where the scalar begins.
 *
 * @param offset in the value, from 0
 */
export function offsetWithin(scalar: Scalar.Parsed, text: string, offset: number): number {
  const [start, end] = scalar.range;
  const source = text.slice(start, end);
  if (scalar.type === 'BLOCK_LITERAL') return start + literalOffset(source, scalar.value, offset);
  if (/[\r\n]/.test(source) || scalar.type === 'BLOCK_FOLDED') return start;
  if (scalar.type === 'PLAIN') return start + offset;
  const unit =
    scalar.type === 'QUOTE_SINGLE'
      ? /''|./gsu
      : /\\(?:x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|.)|./gisu;
  return start + 1 + quotedOffset(source.slice(1, -1), unit, offset);
}

/** Each escape sequence stands for one character of the value (two for those outside the BMP). */
function quotedOffset(source: string, unit: RegExp, offset: number): number {
  let before = 0;
  for (const match of source.matchAll(unit)) {
    if (before >= offset) return match.index;
    before += /^\\U000[^0]/i.test(match[0]) || (match[0].codePointAt(0) ?? 0) > 0xffff ? 2 : 1;
  }
  return source.length;
}

/** Line for line: a literal block changes nothing but the indentation. */
function literalOffset(source: string, value: unknown, offset: number): number {
  const before = String(value).slice(0, offset).split('\n');
  const sourceLines = source.split('\n');
  const valueLine = String(value).split('\n')[before.length - 1] ?? '';
  const sourceLine = (sourceLines[before.length] ?? '').replace(/\r$/, '');
  if (!sourceLine.endsWith(valueLine)) return 0;
  const lineStart = sourceLines.slice(0, before.length).join('\n').length + 1;
  const indentation = sourceLine.length - valueLine.length;
  return lineStart + indentation + (before.at(-1)?.length ?? 0);
}
