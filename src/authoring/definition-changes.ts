import type { ComposedRegistry, StoredSlo } from '../definitions/composed-registry';
import { writeNative } from '../definitions/native-writer';
import type { PlacedSlo } from '../definitions/reading';
import { sloId } from '../domain/slo';
import { type Preconditions, preconditionFailure } from '../http/entity-tag';
import type { ChangedBy } from '../ledger/definition-history';
import type { Ledger } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { DefinitionStore } from './definition-store';
import { type Planned, plannedDefinition, plannedDeletion } from './plan';
import { ChangeRefused } from './refusals';

/** What a definition is to be; null deletes it. */
export interface Wanted {
  readonly service: string;
  readonly name: string;
  readonly placed: PlacedSlo | null;
}

export interface ChangeOptions {
  /** Only says what would change. */
  readonly dryRun: boolean;
  readonly by: ChangedBy;
  readonly preconditions?: Preconditions;
}

/** What a change did, or would do. */
export interface Change extends Planned {
  readonly slo: string;
  /** Afterwards; null where it is deleted, or not saved. */
  readonly version: number | null;
}

interface Draft {
  readonly wanted: Wanted;
  readonly text: string | null;
  readonly version: number | null;
  readonly planned: Planned;
}

/** Somebody else who changes the same definition may be faster this often. */
const MOST_ATTEMPTS = 5;

/** Plans and makes changes of what is defined over the API: all of them or none. */
export class DefinitionChanges {
  constructor(
    private readonly registry: ComposedRegistry,
    private readonly store: DefinitionStore,
    private readonly ledger: Ledger,
  ) {}

  /**
   * @throws ChangeRefused 404 for the deletion of what is not there, 409 for what a file defines,
   *   412 when a precondition does not hold
   */
  async make(wanted: readonly Wanted[], options: ChangeOptions): Promise<readonly Change[]> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      await this.registry.refresh();
      const drafts = await this.drafts(wanted, options.preconditions);
      if (options.dryRun) return drafts.map((draft) => changeOf(draft, draft.version));
      const made = await this.save(drafts, options.by);
      if (made !== null) return made;
    }
    throw new ChangeRefused(409, 'others are changing the same definitions; ask again');
  }

  private async drafts(
    wanted: readonly Wanted[],
    preconditions: Preconditions | undefined,
  ): Promise<readonly Draft[]> {
    const stored = new Map(this.registry.stored().map((each) => [sloId(each.stored), each]));
    this.refuseFileDefined(wanted, stored);
    const streams = await this.streams(wanted);
    return wanted.map((each) => {
      const before = stored.get(sloId(each));
      const version = before?.stored.version ?? null;
      const failure =
        preconditions === undefined ? null : preconditionFailure(preconditions, version);
      if (failure !== null) throw new ChangeRefused(412, `${sloId(each)}: ${failure}`);
      return draftOf(each, before, streams);
    });
  }

  /** A file's definition is changed in the file; the API's own copy behind it may be deleted. */
  private refuseFileDefined(
    wanted: readonly Wanted[],
    stored: ReadonlyMap<string, StoredSlo>,
  ): void {
    const files = new Map(this.registry.byFiles().map((each) => [sloId(each.slo), each.place]));
    const errors = wanted.flatMap((each) => {
      const id = sloId(each);
      const place = files.get(id);
      if (place === undefined || (each.placed === null && stored.has(id))) return [];
      const message = `${id} is defined in ${place.file}:${place.line}, allowed: a change of that file`;
      return [
        { field: id, value: null, allowed: `a change of ${place.file}:${place.line}`, message },
      ];
    });
    if (errors.length === 0) return;
    throw new ChangeRefused(409, errors.map(({ message }) => message).join('; '), errors);
  }

  /** The names that have a stream, by revision. */
  private async streams(
    wanted: readonly Wanted[],
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const slos = wanted.flatMap(({ placed }) => (placed === null ? [] : [placed.slo]));
    const names = new Map<string, Set<string>>();
    for (const stream of await this.ledger.streams(slos.map(revisionOf))) {
      const known = names.get(stream.revision) ?? new Set();
      names.set(stream.revision, known.add(sloId(stream)));
    }
    return names;
  }

  /** @returns null when somebody else was faster */
  private async save(drafts: readonly Draft[], by: ChangedBy): Promise<readonly Change[] | null> {
    const due = drafts.filter(({ planned }) => planned.outcome !== 'unchanged');
    if (due.length === 0) return drafts.map((draft) => changeOf(draft, draft.version));
    const outcome = await this.store.change(
      due.map(({ wanted: { service, name, placed }, text, version }) => ({
        service,
        name,
        expected: version,
        becomes: placed === null || text === null ? null : { slo: placed.slo, text },
      })),
      by,
    );
    if (outcome.kind === 'stale') return null;
    await this.registry.refresh();
    const versions = new Map(due.map((draft, k) => [draft, outcome.versions[k] ?? null]));
    return drafts.map((draft) => changeOf(draft, versions.get(draft) ?? draft.version));
  }
}

function draftOf(
  wanted: Wanted,
  before: StoredSlo | undefined,
  streams: ReadonlyMap<string, ReadonlySet<string>>,
): Draft {
  const { placed } = wanted;
  const slo = before?.placed?.slo ?? null;
  const version = before?.stored.version ?? null;
  if (placed === null) {
    if (before === undefined)
      throw new ChangeRefused(404, `there is no definition ${sloId(wanted)}`);
    return { wanted, text: null, version, planned: plannedDeletion(slo) };
  }
  const text = writeNative([placed.slo]);
  const same = before?.stored.text === text;
  const known = streams.get(revisionOf(placed.slo)) ?? new Set<string>();
  const planned = plannedDefinition(placed.slo, slo, same, known);
  // What can no longer be read is there all the same.
  const replaced = before !== undefined && slo === null;
  return {
    wanted,
    text,
    version,
    planned: replaced ? { ...planned, outcome: 'changed' } : planned,
  };
}

function changeOf({ wanted, planned }: Draft, version: number | null): Change {
  const gone = planned.outcome === 'deleted';
  return { ...planned, slo: sloId(wanted), version: gone ? null : version };
}
