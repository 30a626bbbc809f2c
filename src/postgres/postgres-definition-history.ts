import type { DataSource, EntityManager } from 'typeorm';
import { sloId } from '../domain/slo';
import {
  type ChangedBy,
  type DefinedNow,
  DefinitionHistory,
  type DefinitionRevision,
  type ObjectiveSince,
} from '../ledger/definition-history';
import type { DefinitionSpec } from '../ledger/definition-spec';
import { ApiDefinitionRow } from './api-definition.entity';
import {
  aloneInForce,
  inforceOf,
  type Inforce,
  isInForce,
  revisionsInForce,
  succeed,
} from './definition-succession';
import { reached } from './reached';
import { earlierNames, settleRenames } from './slo-renames';

const FILES: ChangedBy = { actor: 'files', requestId: null, address: null };

type Objectives = ReadonlyMap<string, readonly ObjectiveSince[]>;

/**
 * Definition revisions in PostgreSQL, by TypeORM. What objectives are read from is only ever added to,
 * by one writer at a time: two numbers tell every replica whether what it knows is still so.
 */
export class PostgresDefinitionHistory extends DefinitionHistory {
  private known: { readonly version: string; readonly objectives: Objectives } | null = null;

  constructor(private readonly source: DataSource) {
    super();
  }

  async record(defined: readonly DefinedNow[], now: number): Promise<void> {
    await reached(() =>
      this.source.transaction(async (manager) => {
        await aloneInForce(manager);
        const before = await revisionsInForce(manager);
        const wanted = await allWanted(manager, defined);
        for (const each of wanted.values()) {
          const row = before.get(sloId(each)) ?? null;
          if (row === null || !isInForce(row, each)) await succeed(manager, row, each, now, FILES);
        }
        for (const [id, row] of before) {
          if (!wanted.has(id)) await succeed(manager, row, null, now, FILES);
        }
        await settleRenames(manager, now, FILES);
      }),
    );
  }

  async revisionsOf(service: string, name: string): Promise<readonly DefinitionRevision[]> {
    return reached(() =>
      this.source.query<DefinitionRevision[]>(
        `${earlierNames('select $1::text, $2::text')}
         select distinct d.id, extract(epoch from d.valid_from)::float8 as "validFrom",
           extract(epoch from d.valid_to)::float8 as "validTo", d.counted,
           d.objective::text as objective, d.spec, d.origin, d.service || '/' || d.name as slo,
           d.actor, d.request_id as "requestId"
         from names n
         join definition_revision d
           on d.service = n.service and d.name = n.name and d.valid_from <= n.until
         order by "validFrom" desc, d.id desc`,
        [service, name],
      ),
    );
  }

  async objectives(): Promise<Objectives> {
    const [now] = await reached(() =>
      this.source.query<{ version: string }[]>(
        `select coalesce((select max(id) from definition_revision), 0) || ' ' ||
           coalesce((select max(id) from slo_rename), 0) as version`,
      ),
    );
    const version = now?.version ?? '';
    if (this.known?.version === version) return this.known.objectives;
    const objectives = await this.readObjectives();
    this.known = { version, objectives };
    return objectives;
  }

  private async readObjectives(): Promise<Objectives> {
    const rows = await reached(() =>
      this.source.query<{ service: string; name: string; objective: string; since: number }[]>(
        `${earlierNames(`
           select service, name from definition_revision
           group by service, name having count(distinct objective) > 1
           union select service, name from slo_rename`)},
         known as (
           select n.root_service as service, n.root_name as name, d.objective, d.valid_from, d.id
           from names n
           join definition_revision d
             on d.service = n.service and d.name = n.name and d.valid_from <= n.until
         )
         select service, name, objective::text, extract(epoch from valid_from)::float8 as since
         from known
         where (service, name) in (
           select service, name from known group by service, name having count(distinct objective) > 1
         )
         order by service, name, valid_from, id`,
      ),
    );
    const bySlo = new Map<string, ObjectiveSince[]>();
    for (const { since, objective, ...slo } of rows) {
      const known = bySlo.get(sloId(slo)) ?? [];
      known.push({ since, objective });
      bySlo.set(sloId(slo), known);
    }
    return bySlo;
  }
}

/** What the files define, and what is defined over the API where no file does. */
async function allWanted(
  manager: EntityManager,
  defined: readonly DefinedNow[],
): Promise<ReadonlyMap<string, Inforce>> {
  const stored = await manager.find(ApiDefinitionRow);
  return new Map([
    ...stored.map((row) => [sloId(row), storedInforce(row)] as const),
    ...defined.map(({ slo, origin, text }) => {
      return [sloId(slo), inforceOf(slo, { origin, byApi: false, text })] as const;
    }),
  ]);
}

function storedInforce(row: ApiDefinitionRow): Inforce {
  const { service, name, counted, objective, text } = row;
  const spec: DefinitionSpec = row.spec;
  return {
    service,
    name,
    counted,
    objective,
    spec,
    origin: API_ORIGIN,
    byApi: true,
    text: () => text,
  };
}

/** Where a definition stands that no file holds. */
export const API_ORIGIN = 'api';
