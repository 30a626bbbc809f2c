import { type ClosedReport, type Closing, hashOf, ReportArchive } from '../reports/report-archive';
import { writeAudit } from './audit-rows';
import type { Database, Session } from './database';

type MetaRow = readonly [
  month: string,
  timeZone: string,
  revision: number,
  closedAt: number,
  author: string,
  reason: string,
  hash: string,
  previousHash: string | null,
];
type Row = readonly [...MetaRow, content: string];

const META = `r.month, r.time_zone, r.revision, extract(epoch from r.closed_at)::float8, r.author,
  r.reason, r.hash, r.previous_hash`;

/** One report is closed at a time, since each is chained to the one before it. */
const CLOSING_LOCK = 0x510b_0019;

/** The table `closed_report`. */
export class PostgresReportArchive extends ReportArchive {
  constructor(private readonly database: Database) {
    super();
  }

  async list(): Promise<readonly Omit<ClosedReport, 'content'>[]> {
    const rows = await this.database.rows<MetaRow>(
      `select ${META} from closed_report r order by r.month desc, r.time_zone, r.revision desc`,
    );
    return rows.map(metaOf);
  }

  find(month: string, timeZone: string, revision?: number): Promise<ClosedReport | null> {
    return latest(this.database, month, timeZone, revision ?? null);
  }

  close(closing: Closing): Promise<ClosedReport | null> {
    const { month, timeZone, reason, by, at, follows, content } = closing;
    return this.database.transaction(async (session) => {
      await session.rows('select pg_advisory_xact_lock($1)', [CLOSING_LOCK]);
      const known = await latest(session, month, timeZone, null);
      if ((known?.revision ?? null) !== follows) return null;
      const revision = (follows ?? 0) + 1;
      const previousHash = await hashBefore(session, month, timeZone);
      const text = content(revision, previousHash);
      const hash = hashOf(previousHash, text);
      await session.rows(
        `insert into closed_report
           (month, time_zone, revision, closed_at, author, reason, hash, previous_hash, content)
         values ($1, $2, $3, to_timestamp($4), $5, $6, $7, $8, $9)`,
        [month, timeZone, revision, at, by?.id ?? 'slowburn', reason, hash, previousHash, text],
      );
      if (by !== null) {
        await writeAudit(session, {
          ...{ actor: by.id, requestId: by.requestId, address: by.address },
          action: 'report.close',
          subject: `${month} ${timeZone}`,
          before: known === null ? null : { revision: known.revision, hash: known.hash },
          after: { revision, hash, reason },
        });
      }
      return latest(session, month, timeZone, revision);
    });
  }
}

async function latest(
  session: Session,
  month: string,
  timeZone: string,
  revision: number | null,
): Promise<ClosedReport | null> {
  const [row] = await session.rows<Row>(
    `select ${META}, r.content from closed_report r
     where r.month = $1 and r.time_zone = $2 and ($3::integer is null or r.revision = $3)
     order by r.revision desc limit 1`,
    [month, timeZone, revision],
  );
  return row === undefined ? null : { ...metaOf(row), content: row[8] };
}

async function hashBefore(
  session: Session,
  month: string,
  timeZone: string,
): Promise<string | null> {
  const [row] = await session.rows<[string]>(
    `select r.hash from closed_report r where r.time_zone = $1 and r.month < $2
     order by r.month desc, r.revision desc limit 1`,
    [timeZone, month],
  );
  return row?.[0] ?? null;
}

function metaOf(row: readonly [...MetaRow, ...unknown[]]): Omit<ClosedReport, 'content'> {
  const [month, timeZone, revision, closedAt, author, reason, hash, previousHash] = row;
  return { month, timeZone, revision, closedAt, author, reason, hash, previousHash };
}
