import type {
  AlertEnd,
  AlertFigures,
  AlertName,
  AlertWindows,
  NewAlert,
  OpenAlert,
  StoredAlert,
} from '../alerting/alert';
import { alertKey } from '../alerting/alert';
import {
  type AlertFilter,
  AlertLog,
  type EndedAlert,
  type Transitions,
} from '../alerting/alert-log';
import type { AlertKind } from '../domain/alert-policy';
import type { Group } from '../domain/slo';
import type { Database, Session } from './database';

type Row = readonly [
  id: bigint,
  alertname: AlertName,
  service: string,
  name: string,
  group: Group,
  kind: AlertKind,
  severity: string,
  windows: AlertWindows | null,
  heldBy: string | null,
  objective: string,
  startedAt: number,
  atStart: AlertFigures,
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
  endedAt: number | null,
  endedBy: AlertEnd | null,
  atEnd: AlertFigures | null,
];

const COLUMNS = `a.id, a.alertname, a.service, a.name, a."group", a.kind, a.severity, a.windows,
  a.held_by, a.objective, extract(epoch from a.started_at)::float8, a.at_start, a.labels,
  a.annotations, extract(epoch from a.ended_at)::float8, a.ended_by, a.at_end`;

/** A clock that was ahead by so much and was set back must not keep everybody silent until it is reached. */
const AHEAD_SECONDS = 600;

/**
 * The tables `alert` and `alert_judgement`. Alerts change only when an instant is judged: whoever
 * judged the last one knows what is open without reading it.
 */
export class PostgresAlertLog extends AlertLog {
  private judged: Omit<Judged, 'changed'> | null = null;

  constructor(private readonly database: Database) {
    super();
  }

  async open(): Promise<readonly OpenAlert[]> {
    const judged = this.judged;
    const [row] = await this.database.rows<[string]>('select xmin::text from alert_judgement');
    return judged !== null && judged.by === row?.[0] ? judged.open : openAlerts(this.database);
  }

  async judge(
    at: number,
    judge: (open: readonly OpenAlert[]) => Transitions,
  ): Promise<readonly StoredAlert[] | null> {
    const done = await this.judgeOnce(at, judge);
    if (done === null) return null;
    this.judged = { by: done.by, open: done.open };
    return done.changed;
  }

  private judgeOnce(
    at: number,
    judge: (open: readonly OpenAlert[]) => Transitions,
  ): Promise<Judged | null> {
    return this.database.transaction(async (session) => {
      // The row's lock makes the second one wait, and then find that the instant is judged.
      const [turn] = await session.rows<[string]>(
        `update alert_judgement set judged_to = to_timestamp($1)
         where judged_to < to_timestamp($1) or judged_to > to_timestamp($1) + make_interval(secs => $2)
         returning xmin::text`,
        [at, AHEAD_SECONDS],
      );
      if (turn === undefined) return null;
      const open = await openAlerts(session);
      const wanted = judge(open);
      const ended = await end(session, wanted.ended);
      const begun = await begin(session, wanted.begun);
      const over = new Set(wanted.ended.map(({ id }) => id));
      const left = open.filter(({ id }) => !over.has(id));
      return { by: turn[0], changed: [...ended, ...begun], open: [...left, ...begun.map(openOf)] };
    });
  }

  async told(endedSince: number): Promise<readonly StoredAlert[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from alert a
       where a.held_by is null and (a.ended_at is null or a.ended_at >= to_timestamp($1))
       order by a.id`,
      [endedSince],
    );
    return rows.map(alertOf);
  }

  async changed(since: number): Promise<readonly StoredAlert[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from alert a
       where a.held_by is null and (a.ended_at >= to_timestamp($1)
         or a.ended_at is null and a.started_at >= to_timestamp($1))
       order by a.id`,
      [since],
    );
    return rows.map(alertOf);
  }

  async during(from: number, to: number): Promise<readonly StoredAlert[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from alert a
       where a.held_by is null and a.started_at <= to_timestamp($2)
         and (a.ended_at is null or a.ended_at > to_timestamp($1))
       order by a.id`,
      [from, to],
    );
    return rows.map(alertOf);
  }

  async list(
    { state, service, name, severity, alertname, labels, from, to }: AlertFilter,
    after: string | null,
    limit: number,
  ): Promise<readonly StoredAlert[]> {
    const rows = await this.database.rows<Row>(
      `select ${COLUMNS} from alert a
       where ($1::text is null or (a.ended_at is null) = ($1 = 'firing'))
         and ($2::text is null or a.service = $2) and ($3::text is null or a.name = $3)
         and ($4::text is null or a.severity = $4) and ($5::text is null or a.alertname = $5)
         and ($6::float8 is null or a.ended_at is null or a.ended_at >= to_timestamp($6))
         and ($7::float8 is null or a.started_at < to_timestamp($7))
         and ($8::jsonb is null or a."group" @> $8)
         and ($9::bigint is null or a.id < $9)
       order by a.id desc limit $10`,
      [
        ...[state, service, name, severity, alertname, from, to].map((value) => value ?? null),
        labels === undefined ? null : JSON.stringify(labels),
        after,
        limit,
      ],
    );
    return rows.map(alertOf);
  }
}

interface Judged {
  /** The transaction that wrote it, as the row of the last judgement names it. */
  readonly by: string;
  readonly changed: readonly StoredAlert[];
  readonly open: readonly OpenAlert[];
}

function openOf(alert: StoredAlert): OpenAlert {
  const { id, service, name, objective, startedAt } = alert;
  return { id, key: alertKey(alert), service, name, objective, startedAt };
}

async function openAlerts(session: Session): Promise<readonly OpenAlert[]> {
  const rows = await session.rows<[bigint, string, string, string, string, number]>(
    `select a.id, a.key, a.service, a.name, a.objective, extract(epoch from a.started_at)::float8
     from alert a where a.ended_at is null order by a.id`,
  );
  return rows.map(([id, key, service, name, objective, startedAt]) => ({
    ...{ id: String(id), key, service, name, objective, startedAt },
  }));
}

async function begin(
  session: Session,
  begun: readonly NewAlert[],
): Promise<readonly StoredAlert[]> {
  if (begun.length === 0) return [];
  const rows = await session.rows<Row>(
    `insert into alert as a (key, alertname, service, name, "group", kind, severity, windows, held_by,
       objective, started_at, at_start, labels, annotations)
     select key, alertname, service, name, nullif("group", 'null'), kind, severity,
       nullif(windows, 'null'), held_by, objective, to_timestamp(started_at), at_start, labels,
       annotations
     from jsonb_to_recordset($1::jsonb) as b(key text, alertname text, service text, name text,
       "group" jsonb, kind text, severity text, windows jsonb, held_by text, objective text,
       started_at float8, at_start jsonb, labels jsonb, annotations jsonb)
     returning ${COLUMNS}`,
    [JSON.stringify(begun.map(rowOf))],
  );
  return rows.map(alertOf);
}

function rowOf(alert: NewAlert): object {
  const { heldBy, startedAt, atStart, ...same } = alert;
  return {
    ...same,
    key: alertKey(alert),
    held_by: heldBy,
    started_at: startedAt,
    at_start: atStart,
  };
}

async function end(
  session: Session,
  ended: readonly EndedAlert[],
): Promise<readonly StoredAlert[]> {
  if (ended.length === 0) return [];
  const rows = await session.rows<Row>(
    `update alert a set ended_at = greatest(to_timestamp(e."endedAt"), a.started_at),
       ended_by = e."endedBy", at_end = nullif(e."atEnd", 'null')
     from jsonb_to_recordset($1::jsonb)
       as e(id bigint, "endedAt" float8, "endedBy" text, "atEnd" jsonb)
     where a.id = e.id and a.ended_at is null
     returning ${COLUMNS}`,
    [JSON.stringify(ended)],
  );
  return rows.map(alertOf);
}

function alertOf(row: Row): StoredAlert {
  return {
    id: String(row[0]),
    alertname: row[1],
    service: row[2],
    name: row[3],
    group: row[4],
    kind: row[5],
    severity: row[6],
    windows: row[7],
    heldBy: row[8],
    objective: row[9],
    startedAt: row[10],
    atStart: row[11],
    labels: row[12],
    annotations: row[13],
    endedAt: row[14],
    endedBy: row[15],
    atEnd: row[16],
  };
}
