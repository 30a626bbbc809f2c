import { readFile, stat } from 'node:fs/promises';

/** A secret or certificate that cannot be read: nothing is sent without it. */
export class UnreadableFile extends Error {
  constructor(what: string, path: string, cause: unknown) {
    super(`cannot read its ${what} ${path}: ${codeOf(cause)}`, { cause });
    this.name = 'UnreadableFile';
  }
}

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
      throw new UnreadableFile(this.what, this.path, cause);
    }
  }

  /** Without the line end that editors and `echo` leave behind. */
  async readText(): Promise<string> {
    return (await this.read()).toString('utf8').trim();
  }
}

/** By its looks: an error of Node's own may come from another realm, whose `Error` is not ours. */
function codeOf(thrown: unknown): string {
  const code: unknown =
    typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;
  return typeof code === 'string' ? code : 'unreadable';
}
