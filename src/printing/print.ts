import { Readable } from 'node:stream';

/**
 * A stream of pieces that take long to make. Unlike `Readable.from`, which waits for the piece that is under way,
 * it tells their maker at once when nobody reads any more.
 */
export class Print extends Readable {
  private readonly gone = new AbortController();
  private readonly pieces: AsyncGenerator<Uint8Array | string>;

  /** @param make is told by the signal that the stream is closed, at its end too */
  constructor(make: (gone: AbortSignal) => AsyncGenerator<Uint8Array | string>) {
    super();
    this.pieces = make(this.gone.signal);
  }

  override _read(): void {
    this.pieces.next().then(
      ({ done, value }) => {
        this.push(done === true ? null : value);
      },
      (error: unknown) => {
        this.destroy(error as Error);
      },
    );
  }

  override _destroy(error: Error | null, closed: (error: Error | null) => void): void {
    this.gone.abort();
    this.pieces.return(undefined).then(
      () => {
        closed(error);
      },
      () => {
        closed(error);
      },
    );
  }
}
