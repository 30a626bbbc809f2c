import { isUtf8 } from 'node:buffer';
import { type AuthoringApp, DEFINITIONS, NOW, startAuthoringApp } from '../support/authoring-app';
import { HOSTILE_FILES } from '../support/hostile-files';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';

jest.setTimeout(60_000);

const MEBIBYTE = 1024 * 1024;

/** What is refused as a whole has a detail, what is validated its problems. */
interface Said {
  readonly detail?: string;
  readonly problems?: readonly { readonly message: string }[];
}

describe('hostile definitions over the API', () => {
  let server: PostgresServer;
  let app: AuthoringApp;

  beforeAll(async () => {
    server = await startPostgres();
    app = await startAuthoringApp(await migratedDatabase(server), () => NOW);
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await server.stop();
  }, 60_000);

  async function send(path: string, body: Buffer) {
    const answer = await fetch(app.url + DEFINITIONS + path, {
      method: 'POST',
      headers: { 'content-type': 'application/yaml' },
      body: new Uint8Array(body),
    });
    const { detail = '', problems = [] } = (await answer.json()) as Said;
    const said = [detail, ...problems.map(({ message }) => message)].join('\n');
    return { status: answer.status, said };
  }

  it.each(HOSTILE_FILES.map(({ name, ...file }) => [name, file] as const))(
    'are refused with the reason, as is %s',
    async (_, { bytes, message }) => {
      const [validated, applied] = [await send('/validate', bytes), await send('/apply', bytes)];
      const statuses = [validated.status, applied.status];
      if (bytes.length > MEBIBYTE) expect(statuses).toEqual([413, 413]);
      else {
        expect(validated.said).toMatch(message);
        expect(statuses).toEqual(isUtf8(bytes) ? [200, 422] : [400, 400]);
      }
      expect(app.registry.current().defined).toEqual([]);
    },
  );
});
