import { sloId } from '../domain/slo';
import { composeDefinitions } from './compose';
import { readDefinitions } from './read-definitions';
import type { PlacedSlo, ReadDefinitions } from './reading';
import { type Defined, DefinitionRegistry, type Definitions } from './registry';
import type { StoredDefinition, StoredDefinitions } from './stored-definitions';

export interface ComposedRegistryOptions {
  /** The data sources an SLO may name. */
  readonly datasources: readonly string[];
  readonly pollMilliseconds?: number;
}

const POLL_MILLISECONDS = 2_000;

/** A definition of the API and what its text means. */
export interface StoredSlo {
  readonly stored: StoredDefinition;
  /** Null where it can no longer be read, as when its data source is gone. */
  readonly placed: PlacedSlo | null;
  readonly problems: ReadDefinitions['problems'];
}

/**
 * Files and API together. The database is asked again and again, by one number, whether another
 * replica changed something; while it is away, what is known stays in force.
 */
export class ComposedRegistry extends DefinitionRegistry {
  private definitions: Definitions;
  private sequence = 0;
  private storedSlos: readonly StoredSlo[] = [];
  private readonly listeners = new Set<(definitions: Definitions) => void>();
  private refreshing: Promise<void> = Promise.resolve();
  private poll: NodeJS.Timeout | undefined;
  private readonly forget: () => void;

  constructor(
    private readonly files: DefinitionRegistry,
    private readonly kept: StoredDefinitions,
    private readonly options: ComposedRegistryOptions,
  ) {
    super();
    this.definitions = files.current();
    this.forget = files.onChange(() => {
      this.compose();
    });
  }

  current(): Definitions {
    return this.definitions;
  }

  /** Listeners must not throw. */
  onChange(listener: (definitions: Definitions) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What the API holds, also where a file takes precedence. */
  stored(): readonly StoredSlo[] {
    return this.storedSlos;
  }

  /** What the files alone define. */
  byFiles(): readonly Defined[] {
    return this.files.current().defined;
  }

  /** Goes on asking for changes of other replicas. */
  start(): void {
    this.poll = setInterval(() => {
      // An outage is told by everything else that needs the database.
      this.refresh().catch(() => undefined);
    }, this.options.pollMilliseconds ?? POLL_MILLISECONDS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.poll);
    this.forget();
    await this.refreshing.catch(() => undefined);
  }

  /**
   * What has been saved by now, here or elsewhere, is in `current()` afterwards.
   *
   * @throws what the store throws when it cannot be asked
   */
  refresh(): Promise<void> {
    this.refreshing = this.refreshing.catch(() => undefined).then(() => this.read());
    return this.refreshing;
  }

  private async read(): Promise<void> {
    const sequence = await this.kept.sequence();
    if (sequence === this.sequence) return;
    const before = new Map(this.storedSlos.map((each) => [each.stored.version, each]));
    this.storedSlos = (await this.kept.all()).map(
      (stored) => before.get(stored.version) ?? this.understood(stored),
    );
    this.sequence = sequence;
    this.compose();
  }

  private understood(stored: StoredDefinition): StoredSlo {
    const { datasources } = this.options;
    const { slos, problems } = readDefinitions(stored.text, apiPlace(stored), { datasources });
    return { stored, placed: slos[0] ?? null, problems };
  }

  private compose(): void {
    const api = {
      defined: this.storedSlos.flatMap(definedBy),
      problems: this.storedSlos.flatMap(({ problems }) => problems),
    };
    this.definitions = composeDefinitions(this.files.current(), api);
    for (const listener of this.listeners) listener(this.definitions);
  }
}

/** Where a definition stands that no file holds. */
export function apiPlace(of: { readonly service: string; readonly name: string }): string {
  return `api:${sloId(of)}`;
}

function definedBy({ stored, placed }: StoredSlo): readonly Defined[] {
  if (placed === null) return [];
  const { version, updatedBy, updatedAt } = stored;
  return [{ ...placed, stale: false, api: { version, updatedBy, updatedAt } }];
}
