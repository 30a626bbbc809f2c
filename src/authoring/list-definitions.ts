import type { ComposedRegistry } from '../definitions/composed-registry';
import type { PastDefinitions } from '../definitions/registry';
import { type Slo, sloId } from '../domain/slo';
import { pageOf } from '../http/page';
import type { DefinitionQuery } from './definition-query.dto';
import { entryOf, listedDefinitions } from './definition-rows';
import type { DefinitionEntry, DefinitionPage } from './definition-views';
import { ChangeRefused } from './refusals';

/** What is defined, as it is now on every replica; while the database is away, as it was last known. */
export class ReadDefinitions {
  constructor(
    private readonly registry: ComposedRegistry,
    private readonly past: PastDefinitions,
  ) {}

  async list(query: DefinitionQuery): Promise<DefinitionPage> {
    await this.registry.refresh().catch(() => undefined);
    const { service, origin, q } = query;
    const rows = listedDefinitions(this.registry)
      .map(({ row }) => row)
      .filter(
        (row) =>
          (service === undefined || row.slo.startsWith(`${service}/`)) &&
          (origin === undefined || row.origin === origin) &&
          (q === undefined || row.slo.includes(q.toLowerCase())),
      );
    return pageOf(rows, query, (row) => `${row.slo} ${row.origin}`);
  }

  /** The definition in force; the API's where it can only not be read. */
  async one(name: Pick<Slo, 'service' | 'name'>): Promise<DefinitionEntry> {
    await this.registry.refresh().catch(() => undefined);
    const own = listedDefinitions(this.registry).filter(({ row }) => row.slo === sloId(name));
    const found = own.find(({ row }) => row.inForce) ?? own[0];
    if (found !== undefined) return entryOf(found);
    const past = await this.past.find(name.service, name.name);
    throw new ChangeRefused(404, `there is no definition ${sloId(name)}${becameOf(past)}`);
  }
}

function becameOf(past: Awaited<ReturnType<PastDefinitions['find']>>): string {
  if (past === null) return '';
  if (past.kind === 'renamed') return `; it was renamed to ${sloId(past)}`;
  return `; it was retired at ${new Date(past.at * 1000).toISOString()}`;
}
