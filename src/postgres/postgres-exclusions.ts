import type { CallerIs } from '../auth/caller';
import type { ExcludedWhen, Treatment } from '../domain/exclusion';
import { type Exclusion, type ExclusionScope, scopeName } from '../domain/exclusion-scope';
import { whenText } from '../domain/written-exclusion';
import { ExclusionStore, type StoredExclusion } from '../exclusions/exclusion-store';
import { writeAudit } from './audit-rows';
import type { Database, Session } from './database';

type Row = readonly [
  id: string,
  service: string | null,
  name: string | null,
  labelName: string | null,
  labelValue: string | null,
  group: Readonly<Record<string, string>> | null,
  begins: number,
  ends: number | null,
  rrule: string | null,
  durationSeconds: number | null,
  timeZone: string | null,
  treatment: Treatment,
  reason: string,
  author: string,
  createdAt: number,
  createdBy: string,
  revokedAt: number | null,
  revokedBy: string | null,
];

const COLUMNS = `id::text, service, name, label_name, label_value, group_labels,
  extract(epoch from begins_at)::float8, extract(epoch from ends_at)::float8, rrule,
  duration_seconds, time_zone, treatment, reason, author, extract(epoch from created_at)::float8,
  created_by, extract(epoch from revoked_at)::float8, revoked_by`;

/**
 * The table `exclusion`. Rows are added and revoked, never changed otherwise: two numbers tell every
 * replica whether what it knows is still so.
 */
export class PostgresExclusions extends ExclusionStore {
  /** As they were read first: whoever remembers by the object need not look twice. */
  private readonly known = new Map<string, StoredExclusion>();
  private current: { readonly version: string; readonly inForce: readonly Exclusion[] } = {
    version: '',
    inForce: [],
  };

  /** @param now epoch seconds that changes are recorded with */
  constructor(
    private readonly database: Database,
    private readonly now: () => number,
  ) {
    super();
  }

  async inForce(): Promise<readonly Exclusion[]> {
    const [row] = await this.database.rows<[string]>(
      `select count(*) || ' ' || count(revoked_at) from exclusion`,
    );
    const version = row?.[0] ?? '';
    if (version !== this.current.version) {
      const inForce = (await this.all()).filter(({ revokedAt }) => revokedAt === null);
      this.current = { version, inForce };
    }
    return this.current.inForce;
  }

  async all(): Promise<readonly StoredExclusion[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from exclusion order by created_at, id`,
    );
    return rows.map((row) => this.told(row));
  }

  add(exclusion: Omit<Exclusion, 'id'>, by: CallerIs): Promise<StoredExclusion> {
    const { scope, group, when, treatment, reason, author } = exclusion;
    return this.database.transaction(async (session) => {
      const [row] = await session.rows<Row>(
        `insert into exclusion (service, name, label_name, label_value, group_labels, begins_at,
           ends_at, rrule, duration_seconds, time_zone, treatment, reason, author, created_at,
           created_by)
         values ($1, $2, $3, $4, $5::jsonb, to_timestamp($6), to_timestamp($7), $8, $9, $10, $11,
           $12, $13, to_timestamp($14), $15)
         returning ${COLUMNS}`,
        [
          ...scopeColumns(scope),
          group === null ? null : JSON.stringify(group),
          ...whenColumns(when),
          ...[treatment, reason, author, this.now(), by.id],
        ],
      );
      if (row === undefined) throw new Error('an exclusion was not written');
      const added = this.told(row);
      await audit(session, 'exclude', by, null, added);
      return added;
    });
  }

  revoke(id: string, by: CallerIs): Promise<StoredExclusion | null> {
    return this.database.transaction(async (session) => {
      const [found] = await session.rows<Row>(
        `select ${COLUMNS} from exclusion where id = $1 for update`,
        [id],
      );
      if (found === undefined) return null;
      const before = this.told(found);
      if (before.revokedAt !== null) return before;
      const [row] = await session.rows<Row>(
        `update exclusion set revoked_at = to_timestamp($2), revoked_by = $3 where id = $1
         returning ${COLUMNS}`,
        [id, this.now(), by.id],
      );
      if (row === undefined) throw new Error('an exclusion that was locked is gone');
      const after = this.told(row);
      await audit(session, 'revoke-exclusion', by, before, after);
      return after;
    });
  }

  private told(row: Row): StoredExclusion {
    const read = exclusionOf(row);
    const known = this.known.get(read.id);
    if (known?.revokedAt === read.revokedAt) return known;
    const told = known === undefined ? read : { ...read, when: known.when };
    this.known.set(read.id, told);
    return told;
  }
}

function scopeColumns(scope: ExclusionScope): readonly (string | null)[] {
  if (scope.kind === 'label') return [null, null, scope.name, scope.value];
  return [scope.service, scope.kind === 'slo' ? scope.name : null, null, null];
}

function whenColumns(when: ExcludedWhen): readonly (string | number | null)[] {
  if (when.kind === 'once') return [when.from, when.to, null, null, null];
  return [when.from, null, when.rrule, when.durationSeconds, when.timeZone];
}

function exclusionOf(row: Row): StoredExclusion {
  const [id, service, name, labelName, labelValue, group, from, to, rrule, ...rest] = row;
  const [durationSeconds, timeZone, treatment, reason, author, ...life] = rest;
  const [createdAt, createdBy, revokedAt, revokedBy] = life;
  const scope: ExclusionScope =
    service === null
      ? { kind: 'label', name: labelName ?? '', value: labelValue ?? '' }
      : name === null
        ? { kind: 'service', service }
        : { kind: 'slo', service, name };
  const when: ExcludedWhen =
    to === null
      ? {
          kind: 'recurring',
          from,
          durationSeconds: durationSeconds ?? 0,
          rrule: rrule ?? '',
          timeZone: timeZone ?? 'UTC',
        }
      : { kind: 'once', from, to };
  const written = { when, treatment, reason, author, group };
  return { id, scope, ...written, createdAt, createdBy, revokedAt, revokedBy };
}

async function audit(
  session: Session,
  action: string,
  { id, requestId, address }: CallerIs,
  before: StoredExclusion | null,
  after: StoredExclusion,
): Promise<void> {
  await writeAudit(session, {
    actor: id,
    action,
    subject: scopeName(after.scope),
    before: before === null ? null : audited(before),
    after: audited(after),
    requestId,
    address,
  });
}

function audited(exclusion: StoredExclusion): object {
  const { id, group, when, treatment, reason, author, revokedAt } = exclusion;
  const state = revokedAt === null ? 'in force' : 'revoked';
  return { id, group, ...whenText(when), treatment, reason, author, state };
}
