import { join } from 'node:path';
import type { Slo } from '../src/domain/slo';
import { LoggedFiring } from '../src/alerting/alerting';
import { Board } from '../src/evaluation/board';
import { Evaluator } from '../src/evaluation/evaluator';
import type { Lease } from '../src/ledger/ledger';
import { revisionOf } from '../src/ledger/revision';
import { Exposition } from '../src/metrics/exposition';
import { SloExposition } from '../src/metrics/slo-exposition';
import { dataSource } from '../src/postgres/data-source';
import { Database } from '../src/postgres/database';
import { openPool } from '../src/postgres/pool';
import { PostgresAlertLog } from '../src/postgres/postgres-alert-log';
import { PostgresDefinitionHistory } from '../src/postgres/postgres-definition-history';
import { PostgresLeases } from '../src/postgres/postgres-leases';
import { PostgresLedger } from '../src/postgres/postgres-ledger';
import { migratedDatabase } from '../test/support/ledger-database';
import { startPostgres } from '../test/support/postgres';
import { appendOf, fill, newestMinutes, singleSlos } from './ledger-world';
import { type Measured, report } from './report';
import { median } from './statistics';

const MINUTE = 60;
const SIZES = [1_000, 10_000] as const;
const RETENTION_SECONDS = 400 * 86_400;
/** A midday, on the five-minute grid. */
const END = Date.parse('2026-11-20T12:00:00Z') / 1000;
/** The first ticks compile code, fill caches and have the database's plans made. */
const SETTLED_AFTER = 10;
const TICKS = 50;

const TARGETS = { appendMs: 8, figuresMs: 20, growth: 1.5, residentMegabytes: 400 };

/** What a minute costs in each part, in milliseconds. */
interface Minute {
  readonly append: number;
  readonly evaluate: number;
  readonly page: number;
}

/** The half of a tick that does not ask Prometheus: ledger, figures, page. */
export async function ledger(): Promise<boolean> {
  const postgres = await startPostgres();
  try {
    const measured: Measured[] = [];
    const perSlo: number[] = [];
    for (const size of SIZES) {
      console.log(`writing the ledger of ${size} SLOs`);
      const minutes = await minutesOf(await migratedDatabase(postgres), singleSlos(size));
      const settled = minutes.slice(SETTLED_AFTER);
      const of = (part: (minute: Minute) => number) => median(settled.map(part));
      const figures = of(({ evaluate, page }) => evaluate + page);
      perSlo.push(of(({ append, evaluate, page }) => append + evaluate + page) / size);
      const scale = size / SIZES[0];
      const allowed = scale === 1 ? 1 : scale * TARGETS.growth;
      const name = (what: string) => `${size} SLOs: ${what}`;
      measured.push(
        line(
          name('a step of each written'),
          of(({ append }) => append),
          TARGETS.appendMs * allowed,
        ),
        line(
          name('read and computed'),
          of(({ evaluate }) => evaluate),
        ),
        line(
          name('metrics page'),
          of(({ page }) => page),
        ),
        line(name('read, computed and shown'), figures, TARGETS.figuresMs * allowed),
        line(
          name('most of these in one minute'),
          Math.max(...settled.map((m) => m.evaluate + m.page)),
        ),
      );
    }
    const [small = NaN, large = NaN] = perSlo;
    const growth = { name: 'cost per SLO, 10 000 against 1 000', value: large / small, unit: 'x' };
    const resident = process.memoryUsage().rss / 1e6;
    return report(
      'Ledger, figures and page of a minute',
      [
        ...measured,
        { ...growth, target: TARGETS.growth },
        { name: 'resident', value: resident, unit: 'MB', target: TARGETS.residentMegabytes },
      ],
      join(__dirname, '..', 'results', 'bench-ledger.json'),
    );
  } finally {
    await postgres.stop();
  }
}

function line(name: string, value: number, target?: number): Measured {
  return { name, value, unit: 'ms', ...(target === undefined ? {} : { target }) };
}

async function minutesOf(url: string, slos: readonly Slo[]): Promise<readonly Minute[]> {
  const pool = openPool(url, () => undefined);
  const tables = await dataSource(url).initialize();
  try {
    const database = new Database(pool);
    const [lease] = await new PostgresLeases(database).claim(['bench'], 3_600);
    if (lease === undefined) throw new Error('the lease of a new database is taken');
    const postgres = new PostgresLedger(database, RETENTION_SECONDS);
    await fill(postgres, lease, slos, END, TICKS);
    await pool.query('vacuum analyze');
    return await run(
      postgres,
      lease,
      slos,
      new PostgresDefinitionHistory(tables),
      new LoggedFiring(new PostgresAlertLog(database)),
    );
  } finally {
    await tables.destroy();
    await pool.end();
  }
}

async function run(
  ledger: PostgresLedger,
  lease: Lease,
  slos: readonly Slo[],
  definitions: PostgresDefinitionHistory,
  firing: LoggedFiring,
): Promise<readonly Minute[]> {
  const board = new Board();
  const stopwatch = () => performance.now() / 1000;
  const evaluator = new Evaluator(ledger, board, stopwatch, definitions, firing);
  const page = new SloExposition([]);
  const revisions = slos.map(revisionOf);
  // A process that was running has seen the newest minutes pass.
  await ledger.pointsAt(await ledger.streams(revisions), newestMinutes(END));
  const minutes: Minute[] = [];
  for (let k = 1; k <= TICKS; k += 1) {
    const at = END + k * MINUTE;
    const appends = (await ledger.streams(revisions)).map((stream) =>
      appendOf(stream, lease, [at]),
    );
    const began = performance.now();
    await ledger.append(appends);
    const appended = performance.now();
    await evaluator.evaluate(slos, at);
    const evaluated = performance.now();
    const out = new Exposition('prometheus');
    page.write(out, board.current().figures);
    if (Buffer.from(out.text()).length === 0) throw new Error('the page is empty');
    const shown = performance.now();
    minutes.push({
      append: appended - began,
      evaluate: evaluated - appended,
      page: shown - evaluated,
    });
  }
  return minutes;
}
