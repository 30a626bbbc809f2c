import { Injectable, NotFoundException } from '@nestjs/common';
import { type Defined, DefinitionRegistry, PastDefinitions } from '../definitions/registry';
import { sloId } from '../domain/slo';
import { findSlo } from './find-slo';
import { rfc3339 } from '../domain/instant';

/** An SLO that is asked for, as it is defined now or was last. */
export interface FoundSlo extends Defined {
  /** Epoch seconds; null while it is defined. */
  readonly retiredAt: number | null;
}

const MOST_RENAMES = 16;

/** Finds SLOs under the names they have and had. */
@Injectable()
export class SloFinder {
  constructor(
    private readonly registry: DefinitionRegistry,
    private readonly past: PastDefinitions,
  ) {}

  /**
   * A renamed SLO is found under its earlier names, too, since its history is there.
   *
   * @param retired whether what is no longer defined is meant
   * @throws NotFoundException that says what there is, or how to ask for what there was
   */
  async find(service: string, name: string, retired: boolean): Promise<FoundSlo> {
    let asked = { service, name };
    for (let hop = 0; hop < MOST_RENAMES; hop += 1) {
      const entry = this.defined(asked);
      if (entry !== undefined) return { ...entry, retiredAt: null };
      const past = await this.past.find(asked.service, asked.name);
      if (past === null) break;
      if (past.kind === 'renamed') {
        asked = { service: past.service, name: past.name };
        continue;
      }
      if (retired && past.defined !== null) return { ...past.defined, retiredAt: past.at };
      const how = past.defined === null ? '' : '; ?retired=true shows what it was';
      throw new NotFoundException(`${sloId(asked)} was retired at ${rfc3339(past.at)}${how}`);
    }
    return { ...findSlo(this.registry, service, name), retiredAt: null };
  }

  private defined(asked: { readonly service: string; readonly name: string }): Defined | undefined {
    return this.registry.current().defined.find(({ slo }) => sloId(slo) === sloId(asked));
  }
}
