import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { type RunningService, runDelivered, startService } from '../support/service';
import { eventually } from '../support/service-ledger';
import { SLOS } from './example';

export const ADMIN = 'an-admin-token-of-thirty-two-characters';
export const TOKENS = '/api/v1/tokens';
export const LIST = '/api/v1/slos';

export interface Made {
  readonly id: string;
  readonly name: string;
  readonly token: string;
}

export interface Entry {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly requestId: string;
  readonly address: string;
}

/** Two replicas that ask for tokens, on one database; their data source is away. */
export class Guarded {
  private constructor(
    readonly postgres: PostgresServer,
    readonly database: string,
    readonly service: RunningService,
    readonly replica: RunningService,
    private readonly sloDir: string,
  ) {}

  static async start(): Promise<Guarded> {
    const postgres = await startPostgres();
    const database = await postgres.database();
    const sloDir = await mkdtemp(join(tmpdir(), 'slowburn-access-'));
    await writeFile(join(sloDir, 'faciliauto.yaml'), SLOS);
    const env = {
      DATABASE_URL: database,
      SLO_DIR: sloDir,
      PROMETHEUS_URL: 'http://127.0.0.1:1',
      ADMIN_TOKEN: ADMIN,
      LOG_LEVEL: 'debug',
    };
    const service = await startService({ env });
    const replica = await startService({ env });
    const guarded = new Guarded(postgres, database, service, replica, sloDir);
    await eventually(
      'the schema is there',
      async () => (await guarded.as(ADMIN, 'GET', TOKENS)).status,
      (status) => status === 200,
    );
    return guarded;
  }

  /** Asks as the holder of a token, or of none. */
  as(
    token: string | null,
    method: string,
    path: string,
    { body, at = this.service }: { readonly body?: object; readonly at?: RunningService } = {},
  ): Promise<Response> {
    return fetch(at.url + path, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async json<T>(path: string): Promise<T> {
    const answer = await this.as(ADMIN, 'GET', path);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as T;
  }

  /** Makes a token as the admin. */
  async make(name: string, role: string, more: object = {}): Promise<Made> {
    const answer = await this.as(ADMIN, 'POST', TOKENS, { body: { name, role, ...more } });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    return (await answer.json()) as Made;
  }

  async audited(query: string): Promise<readonly Entry[]> {
    return (await this.json<{ items: Entry[] }>(`/api/v1/audit?limit=1000&${query}`)).items;
  }

  /** Runs the command line against the service; a token of null is none. */
  cli(token: string | null, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return runDelivered(
      { ...env, ...(token !== null && { SLOWBURN_TOKEN: token }) },
      'cli/main.js',
      [...args, '--url', this.service.url],
    );
  }

  async dispose(): Promise<void> {
    await this.service.stop();
    await this.replica.stop();
    await this.postgres.stop();
    await rm(this.sloDir, { recursive: true, force: true });
  }
}
