import type { CallerIs } from '../auth/caller';
import { type AskedHistory, WantedHistory } from '../collection/wanted-history';
import type { CountedSlo } from '../ledger/ledger';
import { writeAudit } from './audit-rows';
import type { Database, Session } from './database';

type Row = readonly [
  service: string,
  name: string,
  revision: string,
  from: number,
  askedBy: string,
  askedAt: number,
];

const COLUMNS = `service, name, revision, extract(epoch from wanted_from)::float8, asked_by,
  extract(epoch from asked_at)::float8`;

/** The table `wanted_history`. */
export class PostgresWantedHistory extends WantedHistory {
  constructor(private readonly database: Database) {
    super();
  }

  async all(): Promise<readonly AskedHistory[]> {
    const rows = await this.database.rows<Row>(`select ${COLUMNS} from wanted_history`);
    return rows.map(askedOf);
  }

  ask(of: CountedSlo, from: number, by: CallerIs): Promise<AskedHistory> {
    return this.database.transaction(async (session) => {
      const before = await find(session, of);
      const [row] = await session.rows<Row>(
        `insert into wanted_history as w (service, name, revision, wanted_from, asked_by)
         values ($1, $2, $3, to_timestamp($4), $5)
         on conflict (service, name, revision) do update
           set wanted_from = excluded.wanted_from, asked_by = excluded.asked_by,
               asked_at = clock_timestamp()
           where excluded.wanted_from < w.wanted_from
         returning ${COLUMNS}`,
        [...keyOf(of), from, by.id],
      );
      // Without a row, somebody else has asked for as much: by now that can be seen.
      const asked = row === undefined ? await find(session, of) : askedOf(row);
      if (asked === null) throw new Error('a wanted history is neither new nor known');
      if (row !== undefined) {
        await readGapsAgain(session, of);
        await audit(session, by, before, asked);
      }
      return asked;
    });
  }
}

/**
 * A stream that begins later than the source was read back to had no events before, as far as was
 * looked; or they were dropped. Looking further, what lies between has to be read once more.
 */
async function readGapsAgain(session: Session, of: CountedSlo): Promise<void> {
  const inGaps = 'service = $1 and name = $2 and revision = $3 and backfilled_to < oldest_at';
  // In the order in which writers of points lock them.
  await session.rows(
    `select 1 from stream where ${inGaps} order by id for no key update`,
    keyOf(of),
  );
  await session.rows(`update stream set backfilled_to = oldest_at where ${inGaps}`, keyOf(of));
}

async function find(session: Session, of: CountedSlo): Promise<AskedHistory | null> {
  const [row] = await session.rows<Row>(
    `select ${COLUMNS} from wanted_history where service = $1 and name = $2 and revision = $3`,
    keyOf(of),
  );
  return row === undefined ? null : askedOf(row);
}

async function audit(
  session: Session,
  { id, requestId, address }: CallerIs,
  before: AskedHistory | null,
  after: AskedHistory,
): Promise<void> {
  await writeAudit(session, {
    actor: id,
    action: 'backfill',
    subject: `${after.service}/${after.name}`,
    before: before === null ? null : audited(before),
    after: audited(after),
    requestId,
    address,
  });
}

function audited({ from, revision }: AskedHistory): object {
  return { from: new Date(from * 1000).toISOString(), revision };
}

function keyOf({ service, name, revision }: CountedSlo): readonly string[] {
  return [service, name, revision];
}

function askedOf([service, name, revision, from, askedBy, askedAt]: Row): AskedHistory {
  return { service, name, revision, from, askedBy, askedAt };
}
