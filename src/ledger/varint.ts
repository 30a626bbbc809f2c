const SAFE_BYTES = 7;

/** Unsigned LEB128: seven bits a byte, low ones first, the high bit says that more follow. */
export class VarintWriter {
  private readonly bytes: number[] = [];

  write(value: bigint): void {
    if (value < 0n) throw new RangeError(`a varint cannot hold ${value}`);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      this.bytes.push(Number(value & 0x7fn) | 0x80);
      this.write(value >> 7n);
    } else {
      this.writeSafe(Number(value));
    }
  }

  private writeSafe(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.bytes.push((rest % 0x80) | 0x80);
    this.bytes.push(rest);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

export class VarintReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  /** @returns a number up to 49 bits, a bigint beyond: numbers are what makes reading fast */
  read(): number | bigint {
    const start = this.at;
    let value = 0;
    for (let factor = 1; this.at < start + SAFE_BYTES; factor *= 0x80) {
      const byte = this.next();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    return this.readWide(BigInt(value), BigInt(7 * SAFE_BYTES));
  }

  private readWide(low: bigint, shift: bigint): bigint {
    const byte = this.next();
    const value = low | (BigInt(byte & 0x7f) << shift);
    return byte < 0x80 ? value : this.readWide(value, shift + 7n);
  }

  private next(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new RangeError('packed points end in the middle of a number');
    this.at += 1;
    return byte;
  }
}
