import { isDeepStrictEqual } from 'node:util';
import { type EntityManager, IsNull } from 'typeorm';
import { type Slo, sloId } from '../domain/slo';
import type { ChangedBy } from '../ledger/definition-history';
import { specOf } from '../ledger/definition-spec';
import { revisionOf } from '../ledger/revision';
import { AuditRow } from './audit.entity';
import { DefinitionRevisionRow } from './definition-revision.entity';

/** Replicas read the same files, and people write over all of them: one after the other. */
const RECORDING_LOCK = 7_564_187_234;

/** Until the end of the transaction nobody else changes what is in force. */
export async function aloneInForce(manager: EntityManager): Promise<void> {
  await manager.query('select pg_advisory_xact_lock($1)', [RECORDING_LOCK]);
}

/** What is to be in force. */
export interface Inforce {
  readonly service: string;
  readonly name: string;
  readonly counted: string;
  readonly objective: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly origin: string;
  readonly byApi: boolean;
  readonly text: () => string;
}

export function inforceOf(slo: Slo, rest: Pick<Inforce, 'origin' | 'byApi' | 'text'>): Inforce {
  const { service, name, objective } = slo;
  const counted = revisionOf(slo);
  return { service, name, counted, objective: objective.text, spec: specOf(slo), ...rest };
}

/** The revisions in force, by `service/name`. */
export async function revisionsInForce(
  manager: EntityManager,
): Promise<ReadonlyMap<string, DefinitionRevisionRow>> {
  const rows = await manager.findBy(DefinitionRevisionRow, { validTo: IsNull() });
  return new Map(rows.map((row) => [sloId(row), row]));
}

/** Within a file a definition may move without being another one. */
export function isInForce(row: DefinitionRevisionRow, wanted: Inforce): boolean {
  return (
    row.counted === wanted.counted &&
    row.byApi === wanted.byApi &&
    isDeepStrictEqual(row.spec, wanted.spec)
  );
}

/** Ends a revision, begins the next one, or both, with an audit row. */
export async function succeed(
  manager: EntityManager,
  before: DefinitionRevisionRow | null,
  after: Inforce | null,
  now: number,
  by: ChangedBy,
): Promise<void> {
  // Replicas' clocks differ: a revision never ends before it began.
  const at = new Date(Math.max(now * 1000, before?.validFrom.getTime() ?? 0));
  const stream = after === null ? null : await streamOf(manager, before, after);
  if (before !== null)
    await manager.update(DefinitionRevisionRow, { id: before.id }, { validTo: at });
  if (after !== null) {
    const { actor, requestId } = by;
    const row = { ...after, text: after.text(), validFrom: at, actor, requestId };
    await manager.insert(DefinitionRevisionRow, row as object);
  }
  const action = before === null ? 'define' : after === null ? 'retire' : 'redefine';
  await audit(manager, by, action, sloId(after ?? before ?? { service: '', name: '' }), {
    before: before === null ? null : audited(before),
    after: after === null ? null : { ...audited(after), stream },
  });
}

export async function audit(
  manager: EntityManager,
  by: ChangedBy,
  action: string,
  subject: string,
  states: { readonly before: object | null; readonly after: object | null },
): Promise<void> {
  await manager.insert(AuditRow, { ...by, action, subject, ...states });
}

/** Whether counting goes on, goes on where it once stopped, or begins. */
async function streamOf(
  manager: EntityManager,
  before: DefinitionRevisionRow | null,
  { service, name, counted }: Inforce,
): Promise<'kept' | 'resumed' | 'new'> {
  if (before?.counted === counted) return 'kept';
  const found = await manager.query<unknown[]>(
    'select from stream where revision = $1 and service = $2 and name = $3 limit 1',
    [counted, service, name],
  );
  return found.length > 0 ? 'resumed' : 'new';
}

function audited({
  counted,
  objective,
  spec,
  origin,
}: Pick<Inforce, 'counted' | 'objective' | 'spec' | 'origin'>): object {
  return { counted, objective, spec, origin };
}
