import 'reflect-metadata';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { authoringProblem } from './authoring/refusals';
import { type Clock, SystemClock } from './collection/clock';
import { SourceFailure } from './collection/series-source';
import type { Config } from './config/config';
import { ConfigRefused } from './config/config-refused';
import { loadConfig } from './config/load-config';
import { unchecked } from './config/unchecked';
import { createHttpApp } from './http/create-http-app';
import { problem } from './http/problem';
import { StructuredLogger } from './http/structured-logger';
import { LedgerUnavailable } from './ledger/ledger';
import { EmbeddedPostgres } from './postgres/embedded/embedded-postgres';
import { settleHeapGrowth } from './printing/heap-growth';
import { shutdown } from './shutdown';

/** What is under way gets three seconds twice; orchestrators kill after thirty, and the database stops as well. */
const STOP_WITHIN_MS = 12_000;

/** Reads the configuration, starts everything and stops it on SIGTERM and SIGINT. */
export async function bootstrap(clock: Clock = new SystemClock()): Promise<void> {
  settleHeapGrowth();
  const { config, warnings } = loadConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const logger = new StructuredLogger(config);
  for (const warning of warnings) logger.warn(warning, 'config');
  for (const name of unchecked(config)) {
    logger.warn(`${name} is believed without checking its certificate`, 'config');
  }
  const database = await openDatabase(config, logger);
  const app = await createApp(config, database.url, clock, logger);
  await listen(app, config).catch(async (error: unknown) => {
    await app.close();
    await database.stop();
    throw error;
  });
  logger.log(`listening on ${await app.getUrl()}`, 'slowburn');
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      logger.log(`${signal}: finishing the step in flight`, 'slowburn');
      void shutdown({ app, database, withinMs: STOP_WITHIN_MS, logger }).then((code) =>
        process.exit(code),
      );
    });
  }
}

async function listen(app: NestFastifyApplication, { host, port }: Config): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new StartRefused(
      `PORT is ${port}, which is taken on ${host}, allowed: a free port`,
      error,
    );
  }
}

function createApp(
  config: Config,
  databaseUrl: string,
  clock: Clock,
  logger: StructuredLogger,
): Promise<NestFastifyApplication> {
  const version = readVersion();
  const runbooks = join(packageFolder(), 'docs', 'runbooks');
  const dashboard = join(packageFolder(), 'dist', 'web');
  return createHttpApp(AppModule.of({ config, databaseUrl, clock, version, runbooks }), {
    config,
    logger,
    version,
    dashboard,
    problems: [
      authoringProblem,
      (error) => (error instanceof SourceFailure ? problem(502, error.message) : null),
      (error) =>
        error instanceof LedgerUnavailable
          ? problem(503, 'The database does not answer; figures return when it does.')
          : null,
    ],
  });
}

/** The start cannot go on for a reason that whoever starts it can mend. */
class StartRefused extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'StartRefused';
  }
}

async function openDatabase(config: Config, logger: StructuredLogger) {
  if (config.databaseUrl !== null)
    return { url: config.databaseUrl, stop: () => Promise.resolve() };
  const postgres = new EmbeddedPostgres(config.dataDir, (message) => {
    logger.warn(message, 'postgres');
  });
  return postgres.start().catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) throw error;
    const allowed =
      'a directory that this user may write to, or DATABASE_URL for a database elsewhere';
    throw new StartRefused(
      `DATA_DIR is ${config.dataDir} (${error.message}), allowed: ${allowed}`,
      error,
    );
  });
}

function readVersion(): string {
  const text = readFileSync(join(packageFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** Two folders above the compiled file, one above the source. */
function packageFolder(): string {
  const above = ['..', join('..', '..')].map((up) => join(__dirname, up));
  return above.find((folder) => existsSync(join(folder, 'package.json'))) ?? __dirname;
}

if (require.main === module) {
  bootstrap().catch((error: unknown) => {
    const refused = error instanceof ConfigRefused || error instanceof StartRefused;
    process.stderr.write(`${refused ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigRefused ? 2 : 1);
  });
}
