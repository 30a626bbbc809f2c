/** A series to be written: its name is the label `__name__`. */
export interface WrittenSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** Epoch seconds and value, ascending; null writes the marker that ends a series. */
  readonly samples: readonly (readonly [at: number, value: number | null])[];
}

/** What Prometheus writes where a series or its target ends: a NaN of its own. */
const STALE_MARKER = 0x7ff0000000000002n;

/**
 * Writes samples into a Prometheus as if it had scraped them: unlike blocks made from text, they can
 * hold the markers that end a series.
 */
export async function remoteWrite(url: string, series: readonly WrittenSeries[]): Promise<void> {
  const body = snappy(Buffer.concat(series.map((one) => field(1, timeSeries(one)))));
  const answer = await fetch(`${url}/api/v1/write`, {
    method: 'POST',
    headers: {
      'content-encoding': 'snappy',
      'content-type': 'application/x-protobuf',
      'x-prometheus-remote-write-version': '0.1.0',
    },
    body: new Uint8Array(body),
  });
  if (!answer.ok) throw new Error(`remote write: ${answer.status} ${await answer.text()}`);
}

const SLICE_SECONDS = 1_800;

/** Writes long series side by side: a server refuses samples much older than its newest one. */
export async function remoteWriteSideBySide(
  url: string,
  series: readonly WrittenSeries[],
): Promise<void> {
  const slices = new Map<number, WrittenSeries[]>();
  for (const { labels, samples } of series) {
    const own = new Map<number, [number, number | null][]>();
    for (const [at, value] of samples) {
      const slice = Math.floor(at / SLICE_SECONDS);
      const known = own.get(slice);
      if (known === undefined) own.set(slice, [[at, value]]);
      else known.push([at, value]);
    }
    for (const [slice, piece] of own) {
      const others = slices.get(slice) ?? [];
      others.push({ labels, samples: piece });
      slices.set(slice, others);
    }
  }
  for (const slice of [...slices.keys()].sort((a, b) => a - b)) {
    await remoteWrite(url, slices.get(slice) ?? []);
  }
}

function timeSeries({ labels, samples }: WrittenSeries): Buffer {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = sorted.map(([name, value]) =>
    field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
  );
  return Buffer.concat([...names, ...samples.map((one) => field(2, sample(one)))]);
}

function sample([at, value]: readonly [number, number | null]): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(0x09, 0);
  if (value === null) bytes.writeBigUInt64LE(STALE_MARKER, 1);
  else bytes.writeDoubleLE(value, 1);
  return Buffer.concat([bytes, Buffer.from([0x10]), varint(BigInt(Math.round(at * 1000)))]);
}

/** A length-delimited protobuf field. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(BigInt(content.length)), content]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Buffer.from(bytes);
}

/** The block format with nothing compressed: literals of up to 64 KiB. */
function snappy(content: Buffer): Buffer {
  const parts: Buffer[] = [varint(BigInt(content.length))];
  for (let from = 0; from < content.length; from += 65_536) {
    const piece = content.subarray(from, from + 65_536);
    const head = Buffer.from([61 << 2, 0, 0]);
    head.writeUInt16LE(piece.length - 1, 1);
    parts.push(head, piece);
  }
  return Buffer.concat(parts);
}
