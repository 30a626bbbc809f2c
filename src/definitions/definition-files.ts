import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What is found below a directory of definitions. */
export interface Listing {
  /** Definition files, sorted, so that every replica meets them in the same order. */
  readonly files: readonly string[];
  readonly directories: readonly string[];
  /** Directories, or links, that could not be followed, and why. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

const DEFINITION = /\.(ya?ml|json)$/i;
export const LARGEST_BYTES = 1024 * 1024;

/**
 * All definition files below a directory. Names that begin with a dot are passed over, links are
 * followed: Kubernetes mounts a ConfigMap as links into `..data`, itself a link that is swapped.
 */
export async function listDefinitionFiles(root: string): Promise<Listing> {
  const files: string[] = [];
  const directories: string[] = [];
  const unreadable: { path: string; reason: string }[] = [];
  const visited = new Set<string>();

  async function visit(path: string): Promise<void> {
    try {
      const real = await realpath(path);
      if (visited.has(real)) return;
      visited.add(real);
      const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
      directories.push(path);
      for (const name of names) await visitEntry(join(path, name));
    } catch (error) {
      unreadable.push({ path, reason: reasonOf(error) });
    }
  }

  async function visitEntry(path: string): Promise<void> {
    try {
      const entry = await stat(path);
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile() && DEFINITION.test(path)) files.push(path);
    } catch (error) {
      if (DEFINITION.test(path)) unreadable.push({ path, reason: reasonOf(error) });
    }
  }

  await visit(root);
  return { files, directories, unreadable };
}

/** A definition file's text, or why there is none. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'gone' };

export async function readDefinitionFile(path: string): Promise<FileText> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_BYTES) {
      return { kind: 'unreadable', reason: `it has ${size} bytes, allowed: up to 1 MiB` };
    }
    const bytes = await readFile(path);
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'gone' };
    return { kind: 'unreadable', reason: reasonOf(error) };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'it is not a directory',
  EISDIR: 'it is a directory',
  ELOOP: 'its links go in circles',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8 text',
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code] ?? (code === '' ? String(error) : code);
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
