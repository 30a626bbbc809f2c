import type { Pool } from 'pg';
import type { DeliveryConfig } from '../../src/config/config';
import { Database } from '../../src/postgres/database';
import { openPool } from '../../src/postgres/pool';
import { PostgresDeliveryLog } from '../../src/postgres/postgres-delivery-log';
import { PostgresReportArchive } from '../../src/postgres/postgres-report-archive';
import { Delivering } from '../../src/reports/delivery/delivering';
import { packed } from '../../src/reports/delivery/packing';
import type { Parcel } from '../../src/reports/delivery/parcel';
import { NotDelivered, ReportTarget } from '../../src/reports/delivery/report-target';
import { migratedDatabase } from '../support/ledger-database';
import { oddReport } from '../support/odd-report';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { PlainPress } from '../support/whole-report';

const ZONE = 'Europe/Lisbon';
const NOW = Date.UTC(2026, 10, 1, 7) / 1000;
const DELIVERY: DeliveryConfig = {
  ...{ name: 'customer', formats: ['html', 'csv', 'json'], languages: ['pt', 'en'] },
  ...{ services: ['faciliauto'], timeZones: [], since: null },
  to: { kind: 'directory', path: '/' },
};

/** Takes parcels, or fails as it is told to. */
class Mailbox extends ReportTarget {
  readonly name = 'customer';
  readonly taken: Parcel[] = [];
  readonly asked: (readonly string[])[] = [];
  failures: Error[] = [];

  /** What happens meanwhile. */
  meanwhile: () => void = () => undefined;

  deliver(parcel: Parcel, reached: readonly string[]): Promise<readonly string[]> {
    this.asked.push(reached);
    this.meanwhile();
    const failure = this.failures.shift();
    if (failure !== undefined) return Promise.reject(failure);
    this.taken.push(parcel);
    return Promise.resolve(['all']);
  }
}

jest.setTimeout(60_000);

describe('the delivery of closed reports', () => {
  let server: PostgresServer;
  let pool: Pool;
  let archive: PostgresReportArchive;
  let mailbox: Mailbox;
  let cut: AbortController;
  let packing: Promise<void>;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    pool = openPool(await migratedDatabase(server), () => undefined);
    archive = new PostgresReportArchive(new Database(pool));
    mailbox = new Mailbox();
    cut = new AbortController();
    packing = Promise.resolve();
    await logOf().open(['customer'], NOW);
  });
  afterEach(() => pool.end());

  const logOf = (holder?: string) => new PostgresDeliveryLog(new Database(pool), holder);
  const replica = (delivery = DELIVERY, log = logOf(), holdSeconds = 60) =>
    new Delivering(mailbox, delivery, archive, log, {
      ...{ now: () => NOW + 60, holdSeconds, timeZones: [ZONE] },
      pack: async (closed) => {
        await packing;
        return packed(closed, delivery, 'https://slo.example', new PlainPress(), cut.signal);
      },
      cut: cut.signal,
    });
  const close = async (month: string, at = NOW, follows: number | null = null, timeZone = ZONE) => {
    const closed = await archive.close({
      ...{ month, timeZone, at, follows, by: null, reason: 'late logs' },
      content: (revision, previousHash) =>
        JSON.stringify({
          ...oddReport(),
          month,
          timeZone,
          state: 'closed',
          revision,
          previousHash,
        }),
    });
    if (closed === null) throw new Error(`${month} is closed by nobody else`);
    return closed;
  };
  const taken = () => mailbox.taken.map(({ month, subject }) => `${month} ${subject}`);

  it('brings each revision once, in the order in which they were closed', async () => {
    await close('2026-09');
    await close('2026-10');
    const one = replica();
    expect(await one.round()).toMatchObject({ failures: [], pending: 0 });
    await close('2026-10', NOW + 5, 1);
    await one.round();
    await one.round();
    expect(taken()).toEqual([
      '2026-09 Relatório de disponibilidade · setembro de 2026 · faciliauto',
      '2026-10 Relatório de disponibilidade · outubro de 2026 · faciliauto',
      '2026-10 Relatório de disponibilidade · outubro de 2026 · faciliauto · Revisão 2',
    ]);
    expect(new Set(mailbox.taken.map(({ id }) => id)).size).toBe(3);
  });

  it('is packed as it is wanted: a part of each service, people in their languages, machines once', async () => {
    await close('2026-10');
    await replica().round();
    const [parcel] = mailbox.taken;
    expect(parcel?.files.map(({ name }) => name)).toEqual([
      'uptime-2026-10-Europe-Lisbon-r1-faciliauto.json',
      'uptime-2026-10-Europe-Lisbon-r1-faciliauto.csv',
      'uptime-2026-10-Europe-Lisbon-r1-faciliauto-pt.html',
      'uptime-2026-10-Europe-Lisbon-r1-faciliauto-en.html',
    ]);
    const services = (
      JSON.parse(String(parcel?.files[0]?.content)) as { slos: { service: string }[] }
    ).slos;
    expect(new Set(services.map(({ service }) => service))).toEqual(new Set(['faciliauto']));
    expect(parcel?.text).toContain('Fechado');
    expect(parcel?.text).toMatch(/hash: [0-9a-f]{64}/i);
    expect(parcel?.text).toContain(
      'https://slo.example/api/v1/reports/monthly/2026-10?format=html&timeZone=Europe%2FLisbon&revision=1',
    );
  });

  it('is done by one of many replicas', async () => {
    await close('2026-10');
    const rounds = await Promise.all(Array.from({ length: 6 }, () => replica().round()));
    expect(rounds.flatMap(({ delivered }) => delivered)).toHaveLength(1);
    expect(taken()).toHaveLength(1);
    expect((await replica().round()).pending).toBe(0);
  });

  it('is repeated under the same id by a process that died before it could note it', async () => {
    await close('2026-10');
    const dying = logOf('dead');
    dying.note = () => Promise.reject(new Error('killed'));
    dying.release = () => Promise.resolve();
    await replica(DELIVERY, dying, 0.05)
      .round()
      .catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await replica().round();
    const [first, second, ...more] = mailbox.taken;
    expect([second?.id, more]).toEqual([first?.id, []]);
  });

  it('leaves alone what was closed before the target came, unless a month is named', async () => {
    await close('2026-08', NOW - 60);
    await close('2026-09', NOW - 50);
    await close('2026-10', NOW + 1, null, 'Asia/Tokyo');
    expect((await replica().round()).pending).toBe(0);
    await replica({ ...DELIVERY, since: '2026-09' }).round();
    expect(taken()).toEqual([expect.stringContaining('2026-09')]);
    await replica({ ...DELIVERY, timeZones: ['Asia/Tokyo'] }).round();
    expect(taken()).toHaveLength(2);
  });

  it('remembers who has it, goes on with the next report, and tries again', async () => {
    await close('2026-09');
    await close('2026-10');
    mailbox.failures = [new NotDelivered('no. 2 was refused', { reached: ['ana'] })];
    const first = await replica().round();
    expect(first).toMatchObject({ pending: 1, delivered: [{ month: '2026-10' }] });
    expect(await logOf().attempted()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ...{ month: '2026-09', attempts: 1, delivered: false, reached: ['ana'] },
          error: 'no. 2 was refused',
        }),
      ]),
    );
    await replica().round();
    expect(mailbox.asked).toEqual([[], [], ['ana']]);
    const [row] = (await logOf().attempted()).filter(({ month }) => month === '2026-09');
    expect(row).toMatchObject({ attempts: 2, delivered: true, error: null });
  });

  it('begins no other report once a stop waits, and notes nothing of one that is cut', async () => {
    await close('2026-09');
    await close('2026-10');
    const first = await replica().round(() => mailbox.taken.length > 0);
    expect([first.pending, taken()]).toEqual([1, [expect.stringContaining('2026-09')]]);
    mailbox.failures = [new NotDelivered('the connection was cut', { away: true })];
    mailbox.meanwhile = () => {
      cut.abort();
    };
    await expect(replica().round()).rejects.toThrow('the connection was cut');
    // Neither is it packed any more.
    await expect(replica().round()).rejects.toThrow('aborted');
    expect(mailbox.asked).toHaveLength(2);
    expect((await logOf().attempted()).map(({ month }) => month)).toEqual(['2026-09']);
  });

  it('notes who has it all the same when the rest is cut', async () => {
    await close('2026-10');
    mailbox.failures = [new NotDelivered('cut', { reached: ['ana'] })];
    mailbox.meanwhile = () => {
      cut.abort();
    };
    await replica().round();
    expect(await logOf().attempted()).toMatchObject([{ reached: ['ana'], delivered: false }]);
  });

  it('is left to another replica that took the target over while it was packed', async () => {
    await close('2026-10');
    let packedAtLast = (): void => undefined;
    packing = new Promise((resolve) => (packedAtLast = resolve));
    const slow = replica(DELIVERY, logOf('slow'), 0.05).round();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const quick = logOf('quick');
    expect(await quick.hold('customer', 60)).not.toBeNull();
    packedAtLast();
    expect(await slow).toMatchObject({ delivered: [], failures: [], pending: 1 });
    expect(mailbox.asked).toEqual([]);
  });

  it('asks a target that is away no more than once a round', async () => {
    await close('2026-09');
    await close('2026-10');
    mailbox.failures = [new NotDelivered('away', { away: true })];
    expect(await replica().round()).toMatchObject({ pending: 2, failures: [{}] });
    expect(mailbox.asked).toHaveLength(1);
  });

  it('is written into the audit, with who has had it', async () => {
    const { hash } = await close('2026-10');
    await replica().round();
    const { rows } = await pool.query(
      `select actor, action, subject, after from audit where action = 'report.deliver'`,
    );
    const after = { target: 'customer', revision: 1, hash, reached: ['all'] };
    expect(rows).toEqual([
      { actor: 'slowburn', action: 'report.deliver', subject: `2026-10 ${ZONE}`, after },
    ]);
  });
});
