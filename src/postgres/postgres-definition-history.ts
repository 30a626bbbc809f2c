import { isDeepStrictEqual } from 'node:util';
import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import { type Slo, sloId } from '../domain/slo';
import {
  type DefinedNow,
  DefinitionHistory,
  type DefinitionRevision,
  type ObjectiveSince,
} from '../ledger/definition-history';
import { LedgerUnavailable } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import { AuditRow } from './audit.entity';
import { DefinitionRevisionRow } from './definition-revision.entity';

/** Several replicas read the same files: one of them writes what changed. */
const RECORDING_LOCK = 7_564_187_234;

type Change = Pick<
  DefinitionRevisionRow,
  'service' | 'name' | 'counted' | 'objective' | 'spec' | 'origin'
>;

/** Definition revisions in PostgreSQL, by TypeORM. */
export class PostgresDefinitionHistory extends DefinitionHistory {
  constructor(private readonly source: DataSource) {
    super();
  }

  async record(defined: readonly DefinedNow[], now: number): Promise<void> {
    await this.reached(() =>
      this.source.transaction(async (manager) => {
        await manager.query('select pg_advisory_xact_lock($1)', [RECORDING_LOCK]);
        const inForce = await manager.findBy(DefinitionRevisionRow, { validTo: IsNull() });
        const before = new Map(inForce.map((row) => [sloId(row), row]));
        const changes = defined.map(toChange);
        const after = new Set(changes.map(sloId));
        for (const change of changes) {
          const row = before.get(sloId(change));
          if (row !== undefined && same(row, change)) continue;
          await succeed(manager, row ?? null, change, now);
        }
        for (const row of inForce) {
          if (!after.has(sloId(row))) await succeed(manager, row, null, now);
        }
      }),
    );
  }

  async revisionsOf(service: string, name: string): Promise<readonly DefinitionRevision[]> {
    const rows = await this.reached(() =>
      this.source.manager.find(DefinitionRevisionRow, {
        where: { service, name },
        order: { validFrom: 'DESC', id: 'DESC' },
      }),
    );
    return rows.map(({ validFrom, validTo, counted, objective, spec, origin }) => ({
      validFrom: validFrom.getTime() / 1000,
      validTo: validTo === null ? null : validTo.getTime() / 1000,
      counted,
      objective,
      spec,
      origin,
    }));
  }

  async objectives(): Promise<ReadonlyMap<string, readonly ObjectiveSince[]>> {
    const rows = await this.reached(() =>
      this.source.query<{ service: string; name: string; objective: string; since: number }[]>(
        `select service, name, objective::text, extract(epoch from valid_from)::float8 as since
         from definition_revision
         where (service, name) in (
           select service, name from definition_revision
           group by service, name having count(distinct objective) > 1
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

  private async reached<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new LedgerUnavailable(error);
    }
  }
}

async function succeed(
  manager: EntityManager,
  before: DefinitionRevisionRow | null,
  after: Change | null,
  now: number,
): Promise<void> {
  const at = new Date(now * 1000);
  if (before !== null)
    await manager.update(DefinitionRevisionRow, { id: before.id }, { validTo: at });
  if (after !== null)
    await manager.insert(DefinitionRevisionRow, { ...after, validFrom: at } as object);
  const action = before === null ? 'define' : after === null ? 'retire' : 'redefine';
  await manager.insert(AuditRow, {
    actor: 'files',
    action,
    subject: sloId(after ?? before ?? { service: '', name: '' }),
    before: before === null ? null : audited(before),
    after: after === null ? null : audited(after),
  });
}

function audited({ counted, objective, spec, origin }: Change): object {
  return { counted, objective, spec, origin };
}

function same(row: DefinitionRevisionRow, change: Change): boolean {
  return row.counted === change.counted && isDeepStrictEqual(row.spec, change.spec);
}

/** Where it is written may move without the definition being another one. */
function toChange({ slo, origin }: DefinedNow): Change {
  const { service, name } = slo;
  return {
    service,
    name,
    counted: revisionOf(slo),
    objective: slo.objective.text,
    spec: specOf(slo),
    origin,
  };
}

/** The SLO as JSON: objectives as decimal text, nothing that only lives in memory. */
function specOf(slo: Slo): Record<string, unknown> {
  const { budgeting, objective } = slo;
  const exact = {
    ...slo,
    objective: objective.text,
    budgeting:
      budgeting.kind === 'timeslices'
        ? { ...budgeting, sliceObjective: budgeting.sliceObjective.text }
        : budgeting,
  };
  return JSON.parse(JSON.stringify(exact)) as Record<string, unknown>;
}
