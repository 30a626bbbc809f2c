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
import type { KeptDefinition } from './kept-in-force';
import { mentionsOpenSlo, OpenSloShelf } from './openslo-shelf';
import { readDefinitions } from './read-definitions';
import type { PlacedSlo, ReadDefinitions } from './reading';
import { DefinitionRegistry, type Definitions } from './registry';
import { definitionsOf, type FileState, succeed, unreadable, withPast } from './succession';

export interface FileRegistryOptions {
  readonly directory: string;
  /** The data sources an SLO may name. */
  readonly datasources: readonly string[];
  readonly quietMilliseconds?: number;
  readonly pollMilliseconds?: number;
}

const QUIET_MILLISECONDS = 200;
const POLL_MILLISECONDS = 10_000;

/** Recalled: not looked at since the start, or since its past was told. */
type Seen = Exclude<FileText, { kind: 'gone' }> | { readonly kind: 'hidden' | 'recalled' };

/** A file's state and the text it came from, by which a change is told. */
interface Remembered {
  readonly seen: Seen;
  /** What it may refer to in other files; null for languages that refer to none. */
  readonly shelf: OpenSloShelf | null;
  readonly state: FileState;
}

/** The definition files of a directory, read again whenever they change. */
export class FileRegistry extends DefinitionRegistry {
  private definitions: Definitions = { defined: [], problems: [] };
  private files: ReadonlyMap<string, Remembered> = new Map();
  private shelved = { texts: new Map<string, string>(), shelf: OpenSloShelf.empty };
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

  /**
   * Tells what files defined before this process began, so that one that is bad by now keeps its last
   * good definition, as it would have without a restart. Files that are gone stay gone.
   */
  recall(kept: readonly KeptDefinition[]): Promise<void> {
    this.reading = this.reading.then(() => {
      const files = new Map(this.files);
      for (const [file, past] of this.placedByFile(kept)) {
        const { state } = this.files.get(file) ?? {};
        files.set(file, {
          seen: { kind: 'recalled' },
          shelf: null,
          state: withPast(state, file, past),
        });
      }
      this.files = files;
      return this.read();
    });
    return this.reading;
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
    const shared = this.shelfOf(seen);
    const files = new Map<string, Remembered>();
    for (const [file, now] of seen) {
      const before = this.files.get(file);
      const shelf = now.kind === 'text' && mentionsOpenSlo(now.text) ? shared : null;
      if (before?.shelf === shelf && isDeepStrictEqual(before.seen, now)) {
        files.set(file, before);
        continue;
      }
      const reading = this.readingOf(file, now, shelf ?? OpenSloShelf.empty);
      files.set(file, { seen: now, shelf, state: succeed(before?.state, file, reading) });
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

  /** The same shelf for as long as the files that it is made of stay the same. */
  private shelfOf(seen: ReadonlyMap<string, Seen>): OpenSloShelf {
    const texts = new Map<string, string>();
    for (const [file, now] of seen) {
      if (now.kind === 'text' && mentionsOpenSlo(now.text)) texts.set(file, now.text);
    }
    if (!isDeepStrictEqual(texts, this.shelved.texts)) {
      this.shelved = { texts, shelf: OpenSloShelf.of(texts) };
    }
    return this.shelved.shelf;
  }

  private placedByFile(kept: readonly KeptDefinition[]): ReadonlyMap<string, readonly PlacedSlo[]> {
    const { datasources } = this.options;
    const byFile = new Map<string, PlacedSlo[]>();
    for (const { file, line, text } of kept) {
      const placed = readDefinitions(text, file, { datasources }).slos.map(({ slo }) => {
        return { slo, place: { file, line, column: 1 } };
      });
      byFile.set(file, [...(byFile.get(file) ?? []), ...placed]);
    }
    return byFile;
  }

  private readingOf(file: string, seen: Seen, shelf: OpenSloShelf): ReadDefinitions {
    if (seen.kind === 'text') {
      const { datasources } = this.options;
      return readDefinitions(seen.text, file, { datasources, shelf });
    }
    const problems = seen.kind === 'unreadable' ? [unreadable(file, seen.reason)] : [];
    return { slos: [], problems, faulty: [], obscured: true };
  }
}

/** Below a directory, or behind a link, that cannot be followed: there may be good text, unseen. */
function isHidden(file: string, { unreadable }: Listing): boolean {
  return unreadable.some(({ path }) => file === path || file.startsWith(path + sep));
}
