/**
 * A column of many rows as one value. Thousands of rows cost the driver more than the database, and
 * numbers as text more than as bytes: the database sends an array's binary form, and this reads it.
 *
 *     int32 dimensions, int32 has nulls, int32 type, int32 length, int32 first index,
 *     then of each element: int32 size (-1 for null), its bytes, high ones first
 */
export function column(expression: string): string {
  return `array_send(array_agg(${expression}))`;
}

/** What the driver makes of such a value; null when there were no rows. */
export type ColumnBytes = Buffer | null;

const HEADER_BYTES = 20;
const SIZE_BYTES = 4;
const WORD = 2 ** 32;
/** 2000-01-01T00:00:00Z, from which PostgreSQL counts microseconds. */
const POSTGRES_EPOCH_SECONDS = 946_684_800;

/** Of an `integer` column without nulls. */
export function integers(bytes: ColumnBytes): Int32Array {
  const stride = SIZE_BYTES + 4;
  const values = new Int32Array(lengthOf(bytes));
  for (let k = 0; k < values.length; k += 1) {
    values[k] = bytes?.readInt32BE(HEADER_BYTES + k * stride + SIZE_BYTES) ?? 0;
  }
  return values;
}

/** Of a `bigint` column without nulls. */
export function bigints(bytes: ColumnBytes): BigInt64Array {
  const stride = SIZE_BYTES + 8;
  const values = new BigInt64Array(lengthOf(bytes));
  if (bytes === null) return values;
  // Words of the array itself: going through a bigint for each would make and drop as many objects.
  const words = new Int32Array(values.buffer);
  for (let k = 0; k < values.length; k += 1) {
    const at = HEADER_BYTES + k * stride + SIZE_BYTES;
    words[2 * k + HIGH_WORD] = bytes.readInt32BE(at);
    words[2 * k + 1 - HIGH_WORD] = bytes.readInt32BE(at + 4);
  }
  return values;
}

/** Of a `timestamptz` column: epoch seconds, NaN for null. */
export function instants(bytes: ColumnBytes): Float64Array {
  const values = new Float64Array(lengthOf(bytes));
  if (bytes === null) return values;
  let at = HEADER_BYTES;
  for (let k = 0; k < values.length; k += 1) {
    const size = bytes.readInt32BE(at);
    at += SIZE_BYTES;
    if (size < 0) {
      values[k] = NaN;
    } else {
      const microseconds = bytes.readInt32BE(at) * WORD + bytes.readUInt32BE(at + 4);
      values[k] = microseconds / 1e6 + POSTGRES_EPOCH_SECONDS;
      at += size;
    }
  }
  return values;
}

/** Of a `bytea` column without nulls. */
export function byteStrings(bytes: ColumnBytes): readonly Uint8Array[] {
  const values: Uint8Array[] = [];
  if (bytes === null) return values;
  const count = lengthOf(bytes);
  let at = HEADER_BYTES;
  for (let k = 0; k < count; k += 1) {
    const end = at + SIZE_BYTES + bytes.readInt32BE(at);
    values.push(bytes.subarray(at + SIZE_BYTES, end));
    at = end;
  }
  return values;
}

function lengthOf(bytes: ColumnBytes): number {
  return bytes === null || bytes.length < HEADER_BYTES ? 0 : bytes.readInt32BE(12);
}

/** Where a 64-bit value's high word stands in this machine's memory. */
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
