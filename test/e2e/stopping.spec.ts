import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import { startService } from '../support/service';

jest.setTimeout(120_000);

const SLOS = 500;

/** No two of them are asked for together. */
function definitions(): string {
  const slos = Array.from(
    { length: SLOS },
    (_, k) => `  - name: errors-${k}
    objective: 99%
    window: 30d
    sli:
      ratio: { total: 'requests_${k}_total', bad: 'failures_${k}_total' }
`,
  );
  return `apiVersion: slowburn/v1\nservice: shop\nslos:\n${slos.join('')}`;
}

describe('a stop', () => {
  let postgres: PostgresServer;
  let source: Server;
  let home: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    home = await mkdtemp(join(tmpdir(), 'slowburn-stopping-'));
    await writeFile(join(home, 'shop.yaml'), definitions());
    // Takes every question, and answers none.
    source = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(source, 'listening');
  });
  afterAll(async () => {
    source.closeAllConnections();
    source.close();
    await postgres.stop();
    await rm(home, { recursive: true });
  });

  it('waits for no source, however many SLOs ask it', async () => {
    const { port } = source.address() as AddressInfo;
    const asked = once(source, 'request');
    const service = await startService({
      env: {
        ...{ DATABASE_URL: await freshDatabase(postgres), SLO_DIR: home },
        PROMETHEUS_URL: `http://127.0.0.1:${port}`,
      },
    });
    await asked;
    expect(await service.stop()).toBe(0);
    expect(service.log().filter(({ level }) => level === 'ERROR')).toEqual([]);
  });
});
