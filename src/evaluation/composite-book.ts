import { toMillisecond } from '../domain/instant';
import type { Defined, DefinitionRegistry, PastDefinitions } from '../definitions/registry';
import { countingComplaint, cycleThrough } from '../domain/composite-parts';
import {
  type CompositePart,
  type CompositeSlo,
  type Group,
  isComposite,
  type Slo,
  sloId,
} from '../domain/slo';
import { revisionOf } from '../ledger/revision';

/** A part as it is defined, or was last. */
export interface FoundPart {
  readonly slo: Slo;
  readonly group: Group;
  /** Decimal text. */
  readonly weight: string;
  /** Why nothing more is counted of it; null where it is. */
  readonly trouble: string | null;
}

/** A composite and what it is made of; `parts` is null where it cannot be made. */
export interface FoundComposite {
  readonly slo: CompositeSlo;
  readonly parts: readonly FoundPart[] | null;
  readonly trouble: string | null;
}

const MOST_RENAMES = 16;

/** Knows what composites are made of, also where a part is not defined any more. */
export class CompositeBook {
  private of: readonly Defined[] = [];
  private composites: readonly CompositeSlo[] = [];
  private byId: ReadonlyMap<string, Slo> = new Map();

  constructor(
    private readonly registry: Pick<DefinitionRegistry, 'current'>,
    private readonly past: Pick<PastDefinitions, 'find'>,
  ) {}

  /** The composites among these revisions. */
  defined(revisions: readonly string[]): readonly CompositeSlo[] {
    this.look();
    if (this.composites.length === 0) return [];
    const asked = new Set(revisions);
    return this.composites.filter((slo) => asked.has(revisionOf(slo)));
  }

  /** Every revision of a composite that is defined. */
  revisions(): ReadonlySet<string> {
    this.look();
    return new Set(this.composites.map(revisionOf));
  }

  /** These composites and those that they are made of, parts before what is made of them. */
  async open(composites: readonly CompositeSlo[]): Promise<readonly FoundComposite[]> {
    const found = new Map<string, FoundComposite>();
    for (const slo of composites) await this.add(slo, found);
    return [...found.values()];
  }

  private async add(slo: CompositeSlo, found: Map<string, FoundComposite>): Promise<void> {
    const id = sloId(slo);
    if (found.has(id)) return;
    const cycle = cycleThrough(slo, (each) => this.byId.get(each));
    if (cycle !== null) {
      found.set(id, { slo, parts: null, trouble: `it depends on itself: ${cycle.join(' -> ')}` });
      return;
    }
    const parts: FoundPart[] = [];
    let trouble: string | null = null;
    for (const part of slo.sli.parts) {
      const known = await this.find(slo, part);
      if (typeof known === 'string') {
        found.set(id, { slo, parts: null, trouble: known });
        return;
      }
      if (isComposite(known.slo)) await this.add(known.slo, found);
      trouble ??= known.trouble;
      parts.push(known);
    }
    found.set(id, { slo, parts, trouble });
  }

  /** @returns a sentence where nothing can be made of it */
  private async find(slo: CompositeSlo, part: CompositePart): Promise<FoundPart | string> {
    const { group, weight } = part;
    let asked: Pick<Slo, 'service' | 'name'> = part;
    for (let hop = 0; hop < MOST_RENAMES; hop += 1) {
      const defined = this.byId.get(sloId(asked));
      if (defined !== undefined) {
        const complaint = countingComplaint(slo, part, defined);
        if (complaint !== null) return `its part ${sloId(part)} ${complaint}`;
        return { slo: defined, group, weight, trouble: null };
      }
      const past = await this.past.find(asked.service, asked.name);
      if (past === null) break;
      if (past.kind === 'renamed') {
        asked = past;
        continue;
      }
      const trouble = `its part ${sloId(asked)} was retired at ${toMillisecond(past.at)}`;
      // A composite that is gone left no history of its own.
      if (past.defined === null || isComposite(past.defined.slo)) return trouble;
      return { slo: past.defined.slo, group, weight, trouble };
    }
    return `its part ${sloId(part)} is not defined`;
  }

  private look(): void {
    const { defined } = this.registry.current();
    if (defined === this.of) return;
    this.of = defined;
    this.composites = defined.flatMap(({ slo }) => (isComposite(slo) ? [slo] : []));
    this.byId =
      this.composites.length === 0
        ? new Map()
        : new Map(defined.map(({ slo }) => [sloId(slo), slo]));
  }
}
