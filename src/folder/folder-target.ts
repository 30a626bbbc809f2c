import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Parcel, ParcelFile } from '../reports/delivery/parcel';
import { NotDelivered, ReportTarget } from '../reports/delivery/report-target';

const SAFE_NAME = /^[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,250}$/;
const MONTH = /^\d{4}-\d{2}$/;

/** A directory that gets closed reports, a folder for each month. It has to exist: it may be a mount. */
export class FolderTarget extends ReportTarget {
  constructor(
    readonly name: string,
    private readonly root: string,
  ) {
    super();
  }

  async deliver(
    { month, files }: Parcel,
    _reached: readonly string[],
    cut: AbortSignal,
  ): Promise<readonly string[]> {
    try {
      const folder = await this.folderOf(month);
      for (const file of files) {
        cut.throwIfAborted();
        await write(folder, file);
      }
      await flush(folder);
      return [this.root];
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (typeof code !== 'string') throw error;
      throw new NotDelivered(`the directory cannot be written: ${wordsOf(code)}`, {
        away: true,
        cause: error,
      });
    }
  }

  /** Wherever a link may lead, only below the root. */
  private async folderOf(month: string): Promise<string> {
    if (!MONTH.test(month)) throw new NotDelivered(`${JSON.stringify(month)} is no month`);
    const root = await realpath(this.root);
    const folder = join(root, month);
    await mkdir(folder).then(
      () => flush(root),
      (error: unknown) => {
        if ((error as { readonly code?: unknown }).code !== 'EEXIST') throw error;
      },
    );
    const real = await realpath(folder);
    if (dirname(real) === root && basename(real) === month) return real;
    throw new NotDelivered(`the folder ${month} is a link that leads elsewhere`, { away: true });
  }
}

/** Under another name until it is whole: nobody reads half a report. */
async function write(folder: string, { name, content }: ParcelFile): Promise<void> {
  if (!SAFE_NAME.test(name)) throw new NotDelivered(`${JSON.stringify(name)} is no file name`);
  const [prefix, suffix] = [`.${name}.`, '.part'];
  // Of a process that died while it wrote.
  for (const left of await readdir(folder)) {
    if (left.startsWith(prefix) && left.endsWith(suffix)) await rm(join(folder, left));
  }
  const part = join(folder, `${prefix}${randomBytes(6).toString('hex')}${suffix}`);
  try {
    const file = await open(part, 'wx', 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, join(folder, name));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** So that the names survive a power cut as well. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EACCES: 'it is not allowed',
  EPERM: 'it is not allowed',
  EROFS: 'it is read-only',
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is no directory',
};

function wordsOf(code: string): string {
  const words = WORDS[code];
  return words === undefined ? code : `${words} (${code})`;
}
