import {
  type AuditEntry,
  type AuditFilter,
  AuditTrail,
  type LeftOut,
  type Refusal,
} from '../auth/audit-trail';
import { writeAudit } from './audit-rows';
import type { Database } from './database';

type Row = readonly [
  id: string,
  at: number,
  actor: string,
  action: string,
  subject: string,
  before: unknown,
  after: unknown,
  requestId: string | null,
  address: string | null,
];

/** The table `audit`, to which rows are only ever added. */
export class PostgresAuditTrail extends AuditTrail {
  constructor(private readonly database: Database) {
    super();
  }

  async refused({ status, leftOut, leftOutElsewhere, ...who }: Refusal & LeftOut): Promise<void> {
    const after = {
      status,
      ...(leftOut > 0 && { leftOut }),
      ...(leftOutElsewhere > 0 && { leftOutElsewhere }),
    };
    await writeAudit(this.database, { ...who, action: 'refuse', before: null, after });
  }

  async entries(
    { actor, action, subject, since }: AuditFilter,
    before: string | null,
    limit: number,
  ): Promise<readonly AuditEntry[]> {
    const rows = await this.database.rows<Row>(
      `select id::text, extract(epoch from at)::float8, actor, action, subject, before, after,
              request_id, address
       from audit
       where ($1::text is null or actor = $1) and ($2::text is null or action = $2)
         and ($3::text is null or subject = $3) and ($4::float8 is null or at >= to_timestamp($4))
         and ($5::bigint is null or id < $5)
       order by audit.id desc limit $6`,
      [actor ?? null, action ?? null, subject ?? null, since ?? null, before, limit],
    );
    return rows.map(([id, at, ...rest]) => {
      const [actor, action, subject, before, after, requestId, address] = rest;
      return { id, at, actor, action, subject, before, after, requestId, address };
    });
  }
}
