import { type AuthoringApp, NOW, startAuthoringApp } from './authoring-app';
import { migratedDatabase } from './ledger-database';
import { type PostgresServer, startPostgres } from './postgres';

const START_MS = 60_000;

/** The API of definitions as the present test has it. */
export class AuthoredDefinitions {
  private running: { readonly app: AuthoringApp; readonly url: string } | null = null;

  get app(): AuthoringApp {
    return this.begun.app;
  }

  /** Of its database, for further replicas. */
  get url(): string {
    return this.begun.url;
  }

  async begin(url: string): Promise<void> {
    this.running = { url, app: await startAuthoringApp(url, () => NOW) };
  }

  /** Names of the SLOs in force. */
  defined(): readonly string[] {
    const { defined } = this.app.registry.current();
    return defined.map(({ slo }) => `${slo.service}/${slo.name}`);
  }

  rows<Row>(sql: string): Promise<Row[]> {
    return this.app.tables.query<Row[]>(sql);
  }

  private get begun() {
    if (this.running === null) throw new Error('asked for before the test began');
    return this.running;
  }
}

/** Gives each test of a block an API upon a database of its own. */
export function authorEachTest(): AuthoredDefinitions {
  const authored = new AuthoredDefinitions();
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, START_MS);
  afterAll(() => server.stop(), START_MS);
  beforeEach(async () => {
    await authored.begin(await migratedDatabase(server));
  }, START_MS);
  afterEach(() => authored.app.close(), START_MS);
  return authored;
}
