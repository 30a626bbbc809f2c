import type { DataSource, EntityManager } from 'typeorm';
import {
  type ChangeOutcome,
  type DefinitionChange,
  DefinitionStore,
} from '../authoring/definition-store';
import type { Past, StoredDefinition } from '../definitions/stored-definitions';
import { sloId } from '../domain/slo';
import type { ChangedBy } from '../ledger/definition-history';
import { ApiDefinitionRow } from './api-definition.entity';
import {
  aloneInForce,
  audit,
  inforceOf,
  type Inforce,
  revisionsInForce,
  succeed,
} from './definition-succession';
import { API_ORIGIN } from './postgres-definition-history';
import { reached } from './reached';
import { earlierNames, settleRenames } from './slo-renames';

/** What is defined over the API, in PostgreSQL by TypeORM. */
export class PostgresDefinitionStore extends DefinitionStore {
  /** @param now epoch seconds */
  constructor(
    private readonly source: DataSource,
    private readonly now: () => number,
  ) {
    super();
  }

  async sequence(): Promise<number> {
    const rows = await reached(() =>
      this.source.query<{ last: string }[]>('select last from definition_sequence'),
    );
    return Number(rows[0]?.last ?? 0);
  }

  async all(): Promise<readonly StoredDefinition[]> {
    const rows = await reached(() =>
      this.source.manager.find(ApiDefinitionRow, { order: { service: 'ASC', name: 'ASC' } }),
    );
    return rows.map(({ service, name, version, text, updatedBy, updatedAt }) => ({
      service,
      name,
      version: Number(version),
      text,
      updatedBy,
      updatedAt: updatedAt.getTime() / 1000,
    }));
  }

  async past(service: string, name: string): Promise<Past | null> {
    const [last] = await reached(() =>
      this.source.query<PastRow[]>(
        `select extract(epoch from d.valid_to)::float8 as "retiredAt", d.text, r.service, r.name
         from (select max(valid_from) as began from definition_revision
               where service = $1 and name = $2) as l
         left join lateral (
           select valid_to, text from definition_revision
           where service = $1 and name = $2 and valid_from = l.began order by id desc limit 1
         ) as d on true
         left join lateral (
           select service, name from slo_rename
           where from_service = $1 and from_name = $2 and (l.began is null or at >= l.began)
           order by id desc limit 1
         ) as r on true`,
        [service, name],
      ),
    );
    if (last === undefined) return null;
    if (last.service !== null && last.name !== null) {
      return { kind: 'renamed', service: last.service, name: last.name };
    }
    return last.retiredAt === null
      ? null
      : { kind: 'retired', at: last.retiredAt, text: last.text };
  }

  /** When anything was defined first, epoch seconds; null where nothing ever was. */
  async firstDefinedAt(): Promise<number | null> {
    const [first] = await reached(() =>
      this.source.query<{ at: number | null }[]>(
        'select extract(epoch from min(valid_from))::float8 as at from definition_revision',
      ),
    );
    return first?.at ?? null;
  }

  /** When each SLO was defined first, by `service/name`, also where it had another name then. */
  async definedSince(): Promise<ReadonlyMap<string, number>> {
    const rows = await reached(() =>
      this.source.query<{ service: string; name: string; since: number }[]>(
        `${earlierNames('select distinct service, name from definition_revision')}
         select n.root_service as service, n.root_name as name,
           extract(epoch from min(d.valid_from))::float8 as since
         from names n
         join definition_revision d
           on d.service = n.service and d.name = n.name and d.valid_from <= n.until
         group by 1, 2`,
      ),
    );
    return new Map(rows.map(({ since, ...slo }) => [sloId(slo), since]));
  }

  /** Names that were retired after an instant and do not go on under another one. */
  async retiredSince(at: number): Promise<readonly { service: string; name: string }[]> {
    return reached(() =>
      this.source.query<{ service: string; name: string }[]>(
        `select d.service, d.name from definition_revision d
         group by d.service, d.name
         having bool_and(d.valid_to is not null) and max(d.valid_to) > to_timestamp($1)
           and not exists (
             select 1 from slo_rename r
             where r.from_service = d.service and r.from_name = d.name and r.at >= max(d.valid_from))
         order by d.service, d.name`,
        [at],
      ),
    );
  }

  async change(changes: readonly DefinitionChange[], by: ChangedBy): Promise<ChangeOutcome> {
    return reached(() =>
      this.source.transaction(async (manager): Promise<ChangeOutcome> => {
        await aloneInForce(manager);
        const stored = await manager.find(ApiDefinitionRow);
        const versions = new Map(stored.map((row) => [sloId(row), Number(row.version)]));
        const stale = changes.some((each) => (versions.get(sloId(each)) ?? null) !== each.expected);
        if (stale) return { kind: 'stale' };
        const last = await nextNumbers(manager, changes.length);
        const first = last - changes.length + 1;
        const now = this.now();
        await this.write(manager, changes, first, now, by);
        await settleRenames(manager, now, by);
        return {
          kind: 'changed',
          versions: changes.map(({ becomes }, k) => (becomes === null ? null : first + k)),
        };
      }),
    );
  }

  private async write(
    manager: EntityManager,
    changes: readonly DefinitionChange[],
    firstVersion: number,
    now: number,
    by: ChangedBy,
  ): Promise<void> {
    const inForce = await revisionsInForce(manager);
    for (const [k, change] of changes.entries()) {
      const { service, name } = change;
      const after = becoming(change);
      if (after === null) await manager.delete(ApiDefinitionRow, { service, name });
      else await manager.save(ApiDefinitionRow, rowOf(after, firstVersion + k, now, by));
      const before = inForce.get(sloId(change)) ?? null;
      // A file that defines the same SLO is in force, whatever the API holds.
      if (before === null || before.byApi) await succeed(manager, before, after, now, by);
      else {
        const action = after === null ? 'withdraw' : 'store';
        await audit(manager, by, action, sloId(change), {
          before: { inForce: before.origin },
          after: after === null ? null : { spec: after.spec },
        });
      }
    }
  }
}

interface PastRow {
  readonly retiredAt: number | null;
  readonly text: string | null;
  readonly service: string | null;
  readonly name: string | null;
}

/** @returns the last of them */
async function nextNumbers(manager: EntityManager, count: number): Promise<number> {
  const [rows] = await manager.query<[{ last: string }[], number]>(
    'update definition_sequence set last = last + $1 returning last',
    [count],
  );
  return Number(rows[0]?.last);
}

function becoming({ becomes }: DefinitionChange): Inforce | null {
  if (becomes === null) return null;
  const { slo, text } = becomes;
  return inforceOf(slo, { origin: API_ORIGIN, byApi: true, text: () => text });
}

function rowOf(after: Inforce, version: number, now: number, by: ChangedBy): ApiDefinitionRow {
  const { service, name, counted, objective, spec } = after;
  return {
    service,
    name,
    version: String(version),
    text: after.text(),
    counted,
    objective,
    spec,
    updatedBy: by.actor,
    updatedAt: new Date(now * 1000),
  };
}
