import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import type { CallerIs } from '../auth/caller';
import { DefinitionRegistry, PastDefinitions } from '../definitions/registry';
import type { Exclusion } from '../domain/exclusion-scope';
import { type Slo, sloId } from '../domain/slo';
import { Figurer } from '../evaluation/figurer';
import { Present } from '../slos/present';
import { excludedSlos, slosOf } from './excluded-slos';
import type { ExclusionRow } from './exclusion-rows';
import { ExclusionStore, type StoredExclusion } from './exclusion-store';
import type { CreateExclusion } from './exclusions.dto';
import { impactOn } from './impact';
import type { ImpactRow } from './impact.dto';
import { newExclusion } from './new-exclusion';

/** What a change would do, and to whom. */
export interface Impact {
  readonly at: number;
  readonly row: ExclusionRow;
  readonly slos: readonly string[];
  readonly items: readonly ImpactRow[];
}

/** People deciding what time does not count, and thinking better of it. */
@Injectable()
export class EditExclusions {
  constructor(
    private readonly store: ExclusionStore,
    private readonly registry: DefinitionRegistry,
    private readonly past: PastDefinitions,
    private readonly figurer: Figurer,
    private readonly present: Present,
  ) {}

  async add(asked: CreateExclusion, by: CallerIs): Promise<ExclusionRow> {
    const wanted = newExclusion(asked, by);
    await excludedSlos(this.registry, this.past, wanted);
    return rowOf(await this.store.add(wanted, by));
  }

  /** What adding it would change. */
  async wouldAdd(asked: CreateExclusion, by: CallerIs): Promise<Impact> {
    const exclusion = { ...newExclusion(asked, by), id: 'not-saved' };
    const slos = await excludedSlos(this.registry, this.past, exclusion);
    const before = await this.store.inForce();
    return this.impact(exclusion, slos, before, [...before, exclusion]);
  }

  /** Revoked once, it stays so. @throws NotFoundException, ConflictException for those of files */
  async revoke({ exclusion, file }: ExclusionRow, by: CallerIs): Promise<ExclusionRow> {
    refuseWritten(exclusion, file);
    const revoked = await this.store.revoke(exclusion.id, by);
    if (revoked === null) throw new NotFoundException(`there is no exclusion ${exclusion.id}`);
    return rowOf(revoked);
  }

  /** What revoking it would change. */
  async wouldRevoke({ exclusion, file }: ExclusionRow): Promise<Impact> {
    refuseWritten(exclusion, file);
    const slos = slosOf(this.registry, exclusion);
    const before = await this.store.inForce();
    const after = before.filter(({ id }) => id !== exclusion.id);
    return this.impact(exclusion, slos, before, after);
  }

  private async impact(
    exclusion: Exclusion,
    slos: readonly Slo[],
    before: readonly Exclusion[],
    after: readonly Exclusion[],
  ): Promise<Impact> {
    const at = this.present.latest();
    const items = await impactOn(this.figurer, slos, at, before, after);
    const row = { exclusion, stored: null, file: null };
    return { at, row, slos: slos.map(sloId), items };
  }
}

function refuseWritten({ id }: Exclusion, file: string | null): void {
  if (file === null) return;
  throw new ConflictException(
    `the exclusion ${id} is written in ${file}, allowed: a change of that`,
  );
}

function rowOf(stored: StoredExclusion): ExclusionRow {
  return { exclusion: stored, stored, file: null };
}
