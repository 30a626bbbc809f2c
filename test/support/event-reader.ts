/** One event of a stream; a comment has the name `comment`. */
export interface Told {
  readonly event: string;
  readonly id: string | null;
  readonly data: unknown;
}

/** Reads server-sent events as a page does. */
export class EventReader {
  private text = '';
  private constructor(
    readonly answer: Response,
    private readonly chunks: ReadableStreamDefaultReader<Uint8Array>,
    private readonly stop: AbortController,
  ) {}

  static async open(
    url: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<EventReader> {
    const stop = new AbortController();
    const answer = await fetch(url, { headers, signal: stop.signal });
    if (answer.body === null || !answer.ok) {
      throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    }
    return new EventReader(answer, answer.body.getReader(), stop);
  }

  /** The next event; null at the end of the stream. */
  async next(): Promise<Told | null> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.text.slice(0, end);
        this.text = this.text.slice(end + 2);
        return toldBy(block);
      }
      const { done, value } = await this.chunks.read();
      if (done) return null;
      this.text += Buffer.from(value).toString();
    }
  }

  /** The next event of this name, whatever comes before it. */
  async until(event: string): Promise<Told> {
    for (;;) {
      const told = await this.next();
      if (told === null) throw new Error(`the stream ended before any ${event}`);
      if (told.event === event) return told;
    }
  }

  /** Reads on until the other side ends it. */
  async end(): Promise<void> {
    while ((await this.next()) !== null);
  }

  close(): void {
    this.stop.abort();
  }
}

function toldBy(block: string): Told {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
  const data = field('data');
  return {
    event: field('event') ?? 'comment',
    id: field('id'),
    data: data === null ? null : (JSON.parse(data) as unknown),
  };
}
