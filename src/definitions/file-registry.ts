import { sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../yaml/problem';
import {
  type FileText,
  type Listing,
  listDefinitionFiles,
  readDefinitionFile,
} from './definition-files';
import { DirectoryWatch } from './directory-watch';
import { readDefinitions } from './read-definitions';
import type { ReadDefinitions } from './reading';
import { DefinitionRegistry, type Definitions } from './registry';
import { definitionsOf, type FileState, succeed, unreadable } from './succession';

export interface FileRegistryOptions {
  readonly directory: string;
  /** The data sources an SLO may name. */
  readonly datasources: readonly string[];
  readonly quietMilliseconds?: number;
  readonly pollMilliseconds?: number;
}

const QUIET_MILLISECONDS = 200;
const POLL_MILLISECONDS = 10_000;

type Seen = Exclude<FileText, { kind: 'gone' }> | { readonly kind: 'hidden' };

/** A file's state and the text it came from, by which a change is told. */
interface Remembered {
  readonly seen: Seen;
  readonly state: FileState;
}

/** The definition files of a directory, read again whenever they change. */
export class FileRegistry extends DefinitionRegistry {
  private definitions: Definitions = { defined: [], problems: [] };
  private files: ReadonlyMap<string, Remembered> = new Map();
  private directoryProblems: readonly Problem[] = [];
  private readonly listeners = new Set<(definitions: Definitions) => void>();
  private reading: Promise<void> = Promise.resolve();
  private watch: DirectoryWatch | null = null;

  constructor(private readonly options: FileRegistryOptions) {
    super();
  }

  current(): Definitions {
    return this.definitions;
  }

  /** Listeners must not throw. */
  onChange(listener: (definitions: Definitions) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Reads everything once, then goes on watching. */
  async start(): Promise<void> {
    const { quietMilliseconds = QUIET_MILLISECONDS, pollMilliseconds = POLL_MILLISECONDS } =
      this.options;
    this.watch = new DirectoryWatch(() => void this.reload(), quietMilliseconds, pollMilliseconds);
    await this.reload();
  }

  async stop(): Promise<void> {
    this.watch?.stop();
    this.watch = null;
    await this.reading;
  }

  /** Reads the files now; one reading at a time. */
  reload(): Promise<void> {
    this.reading = this.reading.then(() => this.read());
    return this.reading;
  }

  private async read(): Promise<void> {
    const listing = await listDefinitionFiles(this.options.directory);
    this.watch?.only(listing.directories);
    const seen = new Map<string, Seen>();
    for (const file of listing.files) {
      const text = await readDefinitionFile(file);
      if (text.kind !== 'gone') seen.set(file, text);
    }
    for (const file of this.files.keys()) {
      if (isHidden(file, listing)) seen.set(file, { kind: 'hidden' });
    }
    this.adopt(seen, listing.unreadable);
  }

  private adopt(seen: ReadonlyMap<string, Seen>, unreadablePaths: Listing['unreadable']): void {
    const files = new Map<string, Remembered>();
    for (const [file, now] of seen) {
      const before = this.files.get(file);
      const same = before !== undefined && isDeepStrictEqual(before.seen, now);
      files.set(
        file,
        same
          ? before
          : { seen: now, state: succeed(before?.state, file, this.readingOf(file, now)) },
      );
    }
    const problems = unreadablePaths.map(({ path, reason }) => unreadable(path, reason));
    const changed =
      !isDeepStrictEqual(problems, this.directoryProblems) ||
      files.size !== this.files.size ||
      [...files].some(([file, remembered]) => this.files.get(file) !== remembered);
    if (!changed) return;
    this.files = files;
    this.directoryProblems = problems;
    const states = [...files.values()].map(({ state }) => state);
    this.definitions = definitionsOf(states, problems);
    for (const listener of this.listeners) listener(this.definitions);
  }

  private readingOf(file: string, seen: Seen): ReadDefinitions {
    if (seen.kind === 'text') return readDefinitions(seen.text, file, this.options.datasources);
    const problems = seen.kind === 'unreadable' ? [unreadable(file, seen.reason)] : [];
    return { slos: [], problems, faulty: [], obscured: true };
  }
}

/** Below a directory, or behind a link, that cannot be followed: there may be good text, unseen. */
function isHidden(file: string, { unreadable }: Listing): boolean {
  return unreadable.some(({ path }) => file === path || file.startsWith(path + sep));
}
