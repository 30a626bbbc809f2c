import type { CallerIs } from '../auth/caller';
import type { Role } from '../auth/role';
import { type NewToken, type Token, type TokenInForce, Tokens } from '../auth/tokens';
import { writeAudit } from './audit-rows';
import type { Database, Session } from './database';

type Row = readonly [
  id: string,
  name: string,
  role: Role,
  createdAt: number,
  createdBy: string,
  expiresAt: number | null,
  lastUsedAt: number | null,
  revokedAt: number | null,
  state: Token['state'],
];

const COLUMNS = `id::text, name, role, extract(epoch from created_at)::float8, created_by,
  extract(epoch from expires_at)::float8, extract(epoch from last_used_at)::float8,
  extract(epoch from revoked_at)::float8,
  case when revoked_at is not null then 'revoked'
       when expires_at <= clock_timestamp() then 'expired' else 'active' end`;

/** The table `api_token`. Expiry goes by the database's clock, which all replicas share. */
export class PostgresTokens extends Tokens {
  constructor(private readonly database: Database) {
    super();
  }

  add({ name, role, digest, lifeSeconds }: NewToken, by: CallerIs): Promise<Token | null> {
    return this.database.transaction(async (session) => {
      const [row] = await session.rows<Row>(
        `insert into api_token (name, role, digest, created_by, expires_at)
         values ($1, $2, $3, $4, clock_timestamp() + make_interval(secs => $5))
         on conflict (name) do nothing
         returning ${COLUMNS}`,
        [name, role, digest, by.id, lifeSeconds],
      );
      if (row === undefined) return null;
      const token = tokenOf(row);
      await audit(session, 'create-token', by, null, token);
      return token;
    });
  }

  async list(after: string | null, limit: number): Promise<readonly Token[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from api_token
       where $1::text is null or name > $1 order by name limit $2`,
      [after, limit],
    );
    return rows.map(tokenOf);
  }

  revoke(id: string, by: CallerIs): Promise<Token | null> {
    return this.database.transaction(async (session) => {
      const [row] = await session.rows<Row>(
        `select ${COLUMNS} from api_token where id = $1 for update`,
        [id],
      );
      if (row === undefined) return null;
      const before = tokenOf(row);
      if (before.state === 'revoked') return before;
      const [revoked] = await session.rows<Row>(
        `update api_token set revoked_at = clock_timestamp() where id = $1 returning ${COLUMNS}`,
        [id],
      );
      if (revoked === undefined) return null;
      const after = tokenOf(revoked);
      await audit(session, 'revoke-token', by, before, after);
      return after;
    });
  }

  /**
   * The index finds the digest in a time that tells of digests only, from which nobody gets back to a
   * token; the caller compares it once more.
   */
  async use(digest: Buffer): Promise<TokenInForce | null> {
    const [found] = await this.database.rows<[string, string, Role, Buffer, boolean]>(
      `select id::text, name, role, digest,
              coalesce(last_used_at < clock_timestamp() - interval '1 minute', true)
       from api_token
       where digest = $1 and revoked_at is null
         and (expires_at is null or expires_at > clock_timestamp())`,
      [digest],
    );
    if (found === undefined) return null;
    const [id, name, role, stored, unwritten] = found;
    if (unwritten) await this.noteUse(id);
    return { name, role, digest: stored };
  }

  /** Asked again by the statement: of many requests at once, one writes. */
  private async noteUse(id: string): Promise<void> {
    await this.database.rows(
      `update api_token set last_used_at = clock_timestamp()
       where id = $1 and coalesce(last_used_at < clock_timestamp() - interval '1 minute', true)`,
      [id],
    );
  }
}

function tokenOf(row: Row): Token {
  const [id, name, role, createdAt, createdBy, expiresAt, lastUsedAt, revokedAt, state] = row;
  return { id, name, role, createdAt, createdBy, expiresAt, lastUsedAt, revokedAt, state };
}

async function audit(
  session: Session,
  action: string,
  { id, requestId, address }: CallerIs,
  before: Token | null,
  after: Token,
): Promise<void> {
  await writeAudit(session, {
    actor: id,
    action,
    subject: `token:${after.name}`,
    before: before === null ? null : audited(before),
    after: audited(after),
    requestId,
    address,
  });
}

function audited({ id, role, expiresAt, state }: Token): object {
  const expires = expiresAt === null ? null : new Date(expiresAt * 1000).toISOString();
  return { id, role, expiresAt: expires, state };
}
