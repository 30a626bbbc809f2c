import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { CalendarMonth } from '../../src/domain/calendar-month';
import { Objective } from '../../src/domain/objective';
import type { Slo } from '../../src/domain/slo';
import { LedgerFigurer } from '../../src/evaluation/ledger-figurer';
import { PeriodFigurer } from '../../src/evaluation/period-figures';
import { NOTHING_EXCLUDED } from '../../src/ledger/exclusions';
import { dataSource } from '../../src/postgres/data-source';
import { Database } from '../../src/postgres/database';
import { migrate } from '../../src/postgres/migrate';
import { openPool } from '../../src/postgres/pool';
import { PostgresReportArchive } from '../../src/postgres/postgres-report-archive';
import { verifyChain } from '../../src/reports/chain';
import { Closing } from '../../src/reports/closing';
import { MonthlyReports } from '../../src/reports/monthly-reports';
import type { Report, ReportNote } from '../../src/reports/report';
import { differences, reportOf, ReportShelf } from '../../src/reports/report-shelf';
import { MemoryDefinitionHistory } from '../support/definition-history';
import { migratedDatabase } from '../support/ledger-database';
import { MemoryLedger } from '../support/memory-ledger';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { sloWith } from '../support/slos';

const ZONE = 'Europe/Lisbon';
const HOUR = 3_600;
const GRID = 300;
const AUGUST = CalendarMonth.parse('2026-08', ZONE);
const CALLER = {
  id: 'token:7 (ana)',
  role: 'editor' as const,
  requestId: 'r-1',
  address: '127.0.0.1',
};

jest.setTimeout(30_000);

describe('closed reports', () => {
  let server: PostgresServer;
  let url: string;
  let pool: Pool;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    url = await migratedDatabase(server);
    pool = openPool(url, () => undefined);
  });
  afterEach(() => pool.end());

  /** One replica at a time of its clock, over a ledger that all of them share. */
  function replica(
    ledger: MemoryLedger,
    slos: readonly Slo[],
    now: number,
    since = AUGUST.span.from,
    notes: readonly ReportNote[] = [],
    definedSince: ReadonlyMap<string, number> = new Map(),
  ) {
    const definitions = new MemoryDefinitionHistory();
    const reports = new MonthlyReports(
      new PeriodFigurer(ledger, definitions, NOTHING_EXCLUDED),
      new LedgerFigurer(ledger, definitions),
      ledger,
      {
        during: () => Promise.resolve([]),
        judgedSince: () => Promise.resolve(new Map()),
      },
      notes,
    );
    const archive = new PostgresReportArchive(new Database(pool));
    const clock = { now: () => now, latest: () => now };
    const reported = {
      since: () => Promise.resolve(slos),
      firstDefinedAt: () => Promise.resolve(since),
      definedSince: () => Promise.resolve(definedSince),
    };
    const settings = { timeZones: [ZONE], settleSeconds: 6 * HOUR };
    return {
      archive,
      closing: new Closing(reports, reported, archive, clock, settings),
      shelf: new ReportShelf(reports, reported, archive, clock),
    };
  }

  function counted(slo = sloWith()) {
    const ledger = new MemoryLedger();
    const stream = ledger.begin(slo, AUGUST.span.from);
    stream.until(AUGUST.plus(2).span.to, GRID, { good: 999, bad: 1 });
    return { slo, ledger, stream };
  }

  const after = (month: CalendarMonth, seconds: number) => month.span.to + seconds;

  it('close when the month has settled, not before, and once among all replicas', async () => {
    const { slo, ledger } = counted();
    const early = replica(ledger, [slo], after(AUGUST, 6 * HOUR - 60));
    expect(await early.closing.closeDue()).toEqual([]);
    const replicas = Array.from({ length: 4 }, () =>
      replica(ledger, [slo], after(AUGUST, 6 * HOUR + 60)),
    );
    const closed = (await Promise.all(replicas.map((each) => each.closing.closeDue()))).flat();
    expect(closed.map(({ month, revision }) => [month, revision])).toEqual([['2026-08', 1]]);
    expect(await early.archive.list()).toHaveLength(1);
  });

  it('close every month that was missed, each chained to the one before it', async () => {
    const { slo, ledger } = counted();
    const { closing, archive } = replica(ledger, [slo], after(AUGUST.plus(2), 7 * HOUR));
    const closed = await closing.closeDue();
    expect(closed.map(({ month }) => month)).toEqual(['2026-08', '2026-09', '2026-10']);
    expect(closed.map(({ previousHash }) => previousHash)).toEqual([
      null,
      closed[0]?.hash,
      closed[1]?.hash,
    ]);
    for (const { month } of closed) {
      const kept = await archive.find(month, ZONE);
      const text = `${kept?.previousHash ?? ''}\n${kept?.content ?? ''}`;
      expect(kept?.hash).toBe(createHash('sha256').update(text).digest('hex'));
    }
    expect(await closing.closeDue()).toEqual([]);
  });

  it('leave months alone in which nothing was defined yet', async () => {
    const { slo, ledger } = counted();
    const since = AUGUST.plus(2).span.from + HOUR;
    const { closing } = replica(ledger, [slo], after(AUGUST.plus(2), 7 * HOUR), since);
    expect((await closing.closeDue()).map(({ month }) => month)).toEqual(['2026-10']);
  });

  it('say the same for ever: after another objective, a deletion and a correction', async () => {
    const { slo, ledger, stream } = counted();
    const now = after(AUGUST, 7 * HOUR);
    const { closing, shelf } = replica(ledger, [slo], now);
    await closing.closeDue();
    const before = await shelf.find(AUGUST, null);
    expect(before).toMatchObject({ state: 'closed', revision: 1 });
    const stricter = { ...slo, objective: Objective.parse('0.9999') };
    const edited = replica(ledger, [stricter], now);
    const deleted = replica(ledger, [], now);
    stream.until(stream.end + GRID, GRID, { good: 0, bad: 5 });
    for (const each of [edited, deleted]) {
      expect(await each.closing.closeDue()).toEqual([]);
      expect(await each.shelf.find(AUGUST, null)).toEqual(before);
    }
  });

  it('are corrected by another revision, which says what it changed, and by whom', async () => {
    const { slo, ledger } = counted();
    const now = after(AUGUST, 7 * HOUR);
    const { closing, archive, shelf } = replica(ledger, [slo], now);
    await closing.closeDue();
    const other = counted();
    const corrected = new MemoryLedger();
    const stream = corrected.begin(other.slo, AUGUST.span.from);
    stream.until(AUGUST.span.from + HOUR, GRID, { good: 990, bad: 10 });
    stream.until(AUGUST.span.to, GRID, { good: 999, bad: 1 });
    const later = { ...other.slo, name: 'defined-later' };
    corrected.begin(later, AUGUST.span.from).until(AUGUST.span.to, GRID, { good: 1, bad: 0 });
    const since = new Map([['shop/defined-later', now + 60]]);
    const again = replica(corrected, [other.slo, later], now + 120, AUGUST.span.from, [], since);
    expect(await again.closing.close(AUGUST, 'late logs', CALLER, null)).toBeNull();
    const revised = await again.closing.close(AUGUST, 'late logs', CALLER, 1);
    expect(revised).toMatchObject({ revision: 2, author: CALLER.id, reason: 'late logs' });
    const kept = async (revision: number): Promise<Report> => {
      const found = await archive.find('2026-08', ZONE, revision);
      if (found === null) throw new Error('both revisions are kept');
      return reportOf(found);
    };
    const first = await kept(1);
    const second = await kept(2);
    expect(second.slos.map((row) => row.slo)).toEqual(['shop/api-errors']);
    const changed = differences(first, second);
    const bad = changed.find(({ field }) => field.endsWith('.events.bad'));
    const total = (AUGUST.span.to - AUGUST.span.from) / GRID;
    expect(bad).toMatchObject({ before: total, after: total + 12 * 9 });
    expect(changed.map(({ field }) => field)).toContain('["shop/api-errors"].days.2026-08-01.bad');
    expect(await shelf.find(AUGUST, null)).toMatchObject({ revision: 2 });
    expect(await shelf.find(AUGUST, null, 1)).toMatchObject({ revision: 1, hash: first.hash });
    const { rows } = await pool.query(
      `select actor, action, subject, before, after from audit where action = 'report.close'`,
    );
    expect(rows).toEqual([
      {
        actor: CALLER.id,
        action: 'report.close',
        subject: '2026-08 Europe/Lisbon',
        before: { revision: 1, hash: first.hash },
        after: { revision: 2, hash: revised?.hash, reason: 'late logs' },
      },
    ]);
  });

  it('keep their hashes through an upgrade and a restore, and a change behind its back is found', async () => {
    const { slo, ledger } = counted();
    await replica(ledger, [slo], after(AUGUST.plus(2), 7 * HOUR)).closing.closeDue();
    const verdict = async (from: Pool) => {
      const archive = new PostgresReportArchive(new Database(from));
      const links = await archive.list();
      return verifyChain(
        links,
        async ({ month, timeZone, revision }) =>
          (await archive.find(month, timeZone, revision))?.content ?? null,
      );
    };
    const upgraded = await dataSource(url).initialize();
    await migrate(upgraded);
    await upgraded.destroy();
    expect(await verdict(pool)).toEqual({ checked: 3, fault: null });

    const { rows } = await pool.query<{ row: object }>(
      'select to_jsonb(r) as row from closed_report r',
    );
    const restored = openPool(await migratedDatabase(server), () => undefined);
    try {
      for (const { row } of rows) {
        await restored.query(
          'insert into closed_report select * from jsonb_populate_record(null::closed_report, $1)',
          [row],
        );
      }
      expect(await verdict(restored)).toEqual({ checked: 3, fault: null });
      await restored.query('alter table closed_report disable trigger closed_report_is_final');
      await restored.query(
        `update closed_report set content = replace(content, '"bad":', '"bad":1') where month = '2026-09'`,
      );
      expect((await verdict(restored)).fault).toMatchObject({
        ...{ month: '2026-09', revision: 1, reason: 'its content does not fit its hash' },
      });
      await restored.query(`delete from closed_report where month = '2026-09'`);
      expect((await verdict(restored)).fault).toMatchObject({ month: '2026-10' });
    } finally {
      await restored.end();
    }
  });

  it('hold the notes of their time, which change no earlier hash', async () => {
    const { slo, ledger } = counted();
    const first = replica(ledger, [slo], after(AUGUST, 7 * HOUR));
    const [august] = await first.closing.closeDue();
    const note = { title: 'Shop Ltd', text: 'Contract 7', service: null };
    const later = replica(ledger, [slo], after(AUGUST.plus(1), 7 * HOUR), AUGUST.span.from, [note]);
    const [september] = await later.closing.closeDue();
    expect(september).toMatchObject({ month: '2026-09', previousHash: august?.hash });
    const kept = async (month: CalendarMonth) => later.shelf.find(month, null);
    expect((await kept(AUGUST))?.hash).toBe(august?.hash);
    expect((await kept(AUGUST))?.notes).toEqual([]);
    expect((await kept(AUGUST.plus(1)))?.notes).toEqual([note]);
  });

  it('are not to be changed or deleted in the database', async () => {
    const { slo, ledger } = counted();
    await replica(ledger, [slo], after(AUGUST, 7 * HOUR)).closing.closeDue();
    for (const change of [
      `update closed_report set content = '{}'`,
      'delete from closed_report',
      'truncate closed_report',
    ]) {
      await expect(pool.query(change)).rejects.toThrow('a closed report never changes');
    }
  });
});
