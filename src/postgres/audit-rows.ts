import type { Session } from './database';

/** A row of `audit` to be; its instant and id are the database's. */
export interface NewAuditRow {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** Null where there was nothing. */
  readonly before: object | null;
  readonly after: object | null;
  /** Null where nobody asked for it. */
  readonly requestId: string | null;
  readonly address: string | null;
}

/** Within the transaction of the change that it tells of. */
export async function writeAudit(session: Session, row: NewAuditRow): Promise<void> {
  const { actor, action, subject, before, after, requestId, address } = row;
  await session.rows(
    `insert into audit (actor, action, subject, before, after, request_id, address)
     values ($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7)`,
    [actor, action, subject, asJson(before), asJson(after), requestId, address],
  );
}

function asJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
