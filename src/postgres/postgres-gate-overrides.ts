import type { CallerIs } from '../auth/caller';
import {
  type GateOf,
  type GateOverride,
  GateOverrides,
  type NewGateOverride,
} from '../slos/gate-overrides';
import { writeAudit } from './audit-rows';
import type { Database, Session } from './database';

type Row = readonly [
  id: string,
  service: string,
  name: string,
  reason: string,
  createdBy: string,
  createdAt: number,
  expiresAt: number,
  endedAt: number | null,
  endedBy: string | null,
];

const COLUMNS = `id::text, service, name, reason, created_by,
  extract(epoch from created_at)::float8, extract(epoch from expires_at)::float8,
  extract(epoch from ended_at)::float8, ended_by`;

/** The table `gate_override`. Time is the caller's, which the demo and tests run faster. */
export class PostgresGateOverrides extends GateOverrides {
  constructor(private readonly database: Database) {
    super();
  }

  async inForce(at: number, service: string | null): Promise<readonly GateOverride[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from gate_override
       where ended_at is null and expires_at > to_timestamp($1) and ($2::text is null or service = $2)`,
      [at, service],
    );
    return rows.map(overrideOf);
  }

  open(override: NewGateOverride, by: CallerIs): Promise<GateOverride> {
    const { service, name, reason, createdAt, expiresAt } = override;
    return this.database.transaction(async (session) => {
      // Two that open at once come one after the other.
      await session.rows(`select pg_advisory_xact_lock(hashtextextended($1, 16))`, [
        `${service}/${name}`,
      ]);
      const before = await end(session, override, createdAt, by);
      const [row] = await session.rows<Row>(
        `insert into gate_override (service, name, reason, created_by, created_at, expires_at)
         values ($1, $2, $3, $4, to_timestamp($5), to_timestamp($6)) returning ${COLUMNS}`,
        [service, name, reason, by.id, createdAt, expiresAt],
      );
      if (row === undefined) throw new Error('an inserted row comes back');
      const after = overrideOf(row);
      await audit(session, 'override-gate', by, after, inForceAt(before, createdAt), after);
      return after;
    });
  }

  revoke(of: GateOf, at: number, by: CallerIs): Promise<GateOverride | null> {
    return this.database.transaction(async (session) => {
      const ended = inForceAt(await end(session, of, at, by), at);
      if (ended === null) return null;
      await audit(session, 'revoke-gate-override', by, of, ended, null);
      return ended;
    });
  }

  async list(of: GateOf, before: string | null, limit: number): Promise<readonly GateOverride[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from gate_override
       where service = $1 and name = $2 and ($3::bigint is null or id < $3)
       order by gate_override.id desc limit $4`,
      [of.service, of.name, before, limit],
    );
    return rows.map(overrideOf);
  }
}

/** Ends the open one; one that had expired by itself ended then. */
async function end(
  session: Session,
  { service, name }: GateOf,
  at: number,
  by: CallerIs,
): Promise<GateOverride | null> {
  const [row] = await session.rows<Row>(
    `update gate_override
     set ended_at = greatest(created_at, least(expires_at, to_timestamp($3))),
         ended_by = case when expires_at <= to_timestamp($3) then 'expired' else $4 end
     where service = $1 and name = $2 and ended_at is null returning ${COLUMNS}`,
    [service, name, at, by.id],
  );
  return row === undefined ? null : overrideOf(row);
}

/** One that had expired before was not in force any more. */
function inForceAt(override: GateOverride | null, at: number): GateOverride | null {
  return override === null || override.expiresAt <= at ? null : override;
}

function overrideOf(row: Row): GateOverride {
  const [id, service, name, reason, createdBy, createdAt, expiresAt, endedAt, endedBy] = row;
  return { id, service, name, reason, createdBy, createdAt, expiresAt, endedAt, endedBy };
}

async function audit(
  session: Session,
  action: string,
  { id, requestId, address }: CallerIs,
  { service, name }: GateOf,
  before: GateOverride | null,
  after: GateOverride | null,
): Promise<void> {
  await writeAudit(session, {
    actor: id,
    action,
    subject: `${service}/${name}`,
    before: before === null ? null : audited(before),
    after: after === null ? null : audited(after),
    requestId,
    address,
  });
}

function audited({ id, reason, createdBy, expiresAt }: GateOverride): object {
  return { id, reason, createdBy, expiresAt: new Date(expiresAt * 1000).toISOString() };
}
