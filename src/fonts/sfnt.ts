import { inflateSync } from 'node:zlib';

const WOFF = 0x774f_4646;
const [WOFF_HEADER, WOFF_ENTRY, SFNT_HEADER, SFNT_ENTRY] = [44, 20, 12, 16];

/**
 * A font as plain OpenType: a WOFF has each table packed, and readers that look up glyph by glyph would
 * unpack the whole table for each. What is no WOFF is given back as it is.
 *
 * @see https://www.w3.org/TR/WOFF/, "Table directory"
 */
export function plainFont(font: Buffer): Buffer {
  if (font.readUInt32BE(0) !== WOFF) return font;
  const count = font.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, k) =>
    tableAt(font, WOFF_HEADER + k * WOFF_ENTRY),
  );
  const header = Buffer.alloc(SFNT_HEADER + count * SFNT_ENTRY);
  font.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  // Search hints: the largest power of two up to the count of tables, times 16.
  const power = Math.floor(Math.log2(count));
  header.writeUInt16BE(2 ** power * 16, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(count * 16 - 2 ** power * 16, 10);
  let offset = header.length;
  const contents = tables.map(({ tag, checksum, content }, k) => {
    const at = SFNT_HEADER + k * SFNT_ENTRY;
    tag.copy(header, at);
    header.writeUInt32BE(checksum, at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(content.length, at + 12);
    // Tables begin at multiples of four.
    const padded = Buffer.alloc(Math.ceil(content.length / 4) * 4);
    content.copy(padded);
    offset += padded.length;
    return padded;
  });
  return Buffer.concat([header, ...contents]);
}

function tableAt(font: Buffer, at: number) {
  const from = font.readUInt32BE(at + 4);
  const packed = font.subarray(from, from + font.readUInt32BE(at + 8));
  const length = font.readUInt32BE(at + 12);
  return {
    tag: font.subarray(at, at + 4),
    checksum: font.readUInt32BE(at + 16),
    content: packed.length === length ? packed : inflateSync(packed),
  };
}
