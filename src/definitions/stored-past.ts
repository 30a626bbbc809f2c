import { readDefinitions } from './read-definitions';
import { type PastDefinition, PastDefinitions } from './registry';
import type { StoredDefinitions } from './stored-definitions';

/** Definitions that are gone, read from what is kept of them. */
export class StoredPast extends PastDefinitions {
  constructor(private readonly kept: StoredDefinitions) {
    super();
  }

  async find(service: string, name: string): Promise<PastDefinition | null> {
    const past = await this.kept.past(service, name);
    if (past?.kind !== 'retired') return past;
    const file = `history:${service}/${name}`;
    // Without the data sources: what is retired is not asked of any.
    const [placed] = past.text === null ? [] : readDefinitions(past.text, file).slos;
    const defined = placed === undefined ? null : { ...placed, stale: true };
    return { kind: 'retired', at: past.at, defined };
  }
}
