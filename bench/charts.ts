import { join } from 'node:path';
import { sloId } from '../src/domain/slo';
import { Objective } from '../src/domain/objective';
import { Board } from '../src/evaluation/board';
import { Evaluator } from '../src/evaluation/evaluator';
import { LedgerFigurer } from '../src/evaluation/ledger-figurer';
import { PeriodFigurer } from '../src/evaluation/period-figures';
import { Sparklines } from '../src/evaluation/sparklines';
import { WhatIfs } from '../src/evaluation/what-if';
import { DAY_SECONDS, GRID_SECONDS, MINUTE_SECONDS } from '../src/ledger/grid';
import { dataSource } from '../src/postgres/data-source';
import { Database } from '../src/postgres/database';
import { openPool } from '../src/postgres/pool';
import { PostgresDefinitionHistory } from '../src/postgres/postgres-definition-history';
import { PostgresLeases } from '../src/postgres/postgres-leases';
import { PostgresLedger } from '../src/postgres/postgres-ledger';
import { excluded, MemoryExclusions } from '../test/support/excluding';
import { migratedDatabase } from '../test/support/ledger-database';
import { MemoryFiring } from '../test/support/memory-firing';
import { startPostgres } from '../test/support/postgres';
import { fillSteps, singleSlos } from './ledger-world';
import { report } from './report';
import { median } from './statistics';

const SLOS = 1_000;
const HISTORY_DAYS = 60;
const HOUR = 3_600;
/** A midday, on the five-minute grid. */
const END = Date.parse('2026-11-20T12:00:00Z') / 1000;
const TIMES = 10;
const WINDOWS = [HOUR, 6 * HOUR, DAY_SECONDS, 3 * DAY_SECONDS];

/** What a dashboard asks of a thousand SLOs with sixty days of history, in which every five minutes counted something. */
export async function charts(): Promise<boolean> {
  const postgres = await startPostgres();
  try {
    const url = await migratedDatabase(postgres);
    const pool = openPool(url, () => undefined);
    const tables = await dataSource(url).initialize();
    try {
      console.log(`writing ${HISTORY_DAYS} days of ${SLOS} SLOs`);
      const database = new Database(pool);
      const ledger = new PostgresLedger(database, 400 * DAY_SECONDS);
      await write(ledger, database);
      await pool.query('vacuum analyze');
      const measured = await measure(ledger, new PostgresDefinitionHistory(tables));
      const file = join(__dirname, '..', 'results', 'bench-charts.json');
      return report('What a dashboard asks of 1 000 SLOs', measured, file);
    } finally {
      await tables.destroy();
      await pool.end();
    }
  } finally {
    await postgres.stop();
  }
}

async function write(ledger: PostgresLedger, database: Database): Promise<void> {
  const [lease] = await new PostgresLeases(database).claim(['bench'], 3_600);
  if (lease === undefined) throw new Error('the lease of a new database is taken');
  const filling = { end: END, days: HISTORY_DAYS, stepSeconds: GRID_SECONDS, minutes: TIMES + 2 };
  await fillSteps(ledger, lease, singleSlos(SLOS), filling);
}

async function measure(ledger: PostgresLedger, definitions: PostgresDefinitionHistory) {
  const slos = singleSlos(SLOS);
  const [board, exclusions] = [new Board(), new MemoryExclusions()];
  const stopwatch = () => performance.now() / 1000;
  const firing = new MemoryFiring();
  const evaluator = new Evaluator(ledger, board, stopwatch, definitions, firing, exclusions);
  const periods = new PeriodFigurer(ledger, definitions, exclusions);
  const sparklines = new Sparklines(ledger, periods, exclusions);
  const figurer = new LedgerFigurer(ledger, definitions, exclusions);
  const whatIfs = new WhatIfs(figurer, ledger, exclusions);
  const asked = () => milliseconds(() => sparklines.of(board.current()));

  await evaluator.evaluate(slos, END + MINUTE_SECONDS);
  const first = await asked();
  const again = await repeated(asked);
  const ticks: number[] = [];
  for (let k = 2; k < TIMES + 2; k += 1) {
    await evaluator.evaluate(slos, END + k * MINUTE_SECONDS);
    ticks.push(await asked());
  }
  const [slo] = slos;
  if (slo === undefined) throw new Error('there are SLOs');
  const week = { from: END - 8 * DAY_SECONDS, to: END - 7 * DAY_SECONDS };
  const scope = { kind: 'slo', service: slo.service, name: slo.name } as const;
  exclusions.list = [excluded(week.from, week.to, { scope })];
  const afterExclusion = await asked();
  exclusions.list = [];

  const history = (days: number, stepSeconds: number) =>
    repeated(() =>
      milliseconds(() =>
        figurer.history({
          ...{ slo, group: null, from: END - days * DAY_SECONDS, to: END, stepSeconds },
          windowsSeconds: WINDOWS,
        }),
      ),
    );
  const objectives = ['0.99', '0.995', '0.999', '0.9995'].map((text) => Objective.parse(text));
  let slide = 0;
  const slid = () =>
    milliseconds(() =>
      whatIfs.ask({
        ...{ slo, group: null, from: END - 30 * DAY_SECONDS, to: END },
        objective: objectives[(slide += 1) % objectives.length] ?? slo.objective,
      }),
    );
  const firstSlid = await slid();
  const whatIf = await repeated(slid, 5 * TIMES);
  const line = (name: string, value: number, target?: number) => ({
    ...{ name, value, unit: 'ms' },
    ...(target === undefined ? {} : { target }),
  });
  return [
    line('sparklines, the first time', first),
    line('sparklines, the first time after a tick', median(ticks), 100),
    line('sparklines, asked again', again, 10),
    line(`sparklines, after an exclusion of ${sloId(slo)}`, afterExclusion),
    line('history, 30 d by 1 h, four windows', await history(30, HOUR), 200),
    line('history, 3 d by 5 m, four windows', await history(3, GRID_SECONDS), 200),
    line('what-if over 30 d, the first time', firstSlid),
    line('what-if over 30 d', whatIf, 50),
  ];
}

async function repeated(once: () => Promise<number>, count = TIMES): Promise<number> {
  const times: number[] = [];
  for (let k = 0; k < count; k += 1) times.push(await once());
  return median(times);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
