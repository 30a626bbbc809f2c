import { readFile, stat } from 'node:fs/promises';
import { BadAnswer, textOf } from './bad-answer';

/** A secret or certificate that others rotate: read again when the file changes. */
export class WatchedFile {
  private version = '';
  private content = Buffer.alloc(0);

  constructor(
    private readonly path: string,
    /** What it is, for the error: `bearerTokenFile`. */
    private readonly what: string,
  ) {}

  /** @returns the same buffer as long as the file is the same */
  async read(): Promise<Buffer> {
    try {
      const { mtimeMs, ctimeMs, size, ino } = await stat(this.path);
      const version = [mtimeMs, ctimeMs, size, ino].join();
      if (version !== this.version) {
        this.content = await readFile(this.path);
        this.version = version;
      }
      return this.content;
    } catch (cause) {
      const code = textOf(cause, 'code') ?? 'unreadable';
      throw new BadAnswer('forbidden', `cannot read its ${this.what} ${this.path}: ${code}`, {
        cause,
      });
    }
  }

  /** Without the line end that editors and `echo` leave behind. */
  async readText(): Promise<string> {
    return (await this.read()).toString('utf8').trim();
  }
}
