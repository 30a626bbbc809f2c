import { once } from 'node:events';
import { unlink } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { type RunningService, startService } from '../support/service';
import { eventually } from '../support/service-ledger';
import { type Example, SLOS, startExample, startWithHistory } from './example';

jest.setTimeout(180_000);

const SLO = '/api/v1/slos/faciliauto/api-errors';
const BROKEN = SLOS.replace('service:', 'service: [');

interface Shown {
  readonly definition: { readonly objective: string; readonly stale: boolean };
}

describe('a definition file that is bad when the service starts', () => {
  let example: Example;
  let env: Readonly<Record<string, string>>;
  let service: RunningService;

  beforeAll(async () => {
    example = await startExample();
    env = { ...example.env, EVALUATION_INTERVAL: '10s' };
    service = await startWithHistory(env);
  });
  afterAll(async () => {
    await service.stop();
    await example.dispose();
  });

  /** Another one on the same files and database. */
  async function restart(of: Readonly<Record<string, string>> = env): Promise<void> {
    expect(await service.stop()).toBe(0);
    service = await startService({ env: of });
  }

  const shown = async (): Promise<Shown | null> => {
    const answer = await service.get(SLO);
    return answer.ok ? ((await answer.json()) as Shown) : null;
  };
  const actions = async (): Promise<readonly string[]> => {
    const { items } = await service.json<{ items: { action: string; subject: string }[] }>(
      '/api/v1/audit?limit=100',
    );
    return items.map(({ action, subject }) => `${action} ${subject}`);
  };
  const evaluated = () =>
    eventually(
      'a tick has recorded and evaluated',
      async () => (await service.get('/health/ready')).status,
      (status) => status === 200,
      30_000,
    );
  const stale = () =>
    eventually('the last good definition', shown, (found) => found?.definition.stale === true);

  it('keeps its last good definition, is told of, and retires nothing', async () => {
    await example.write('faciliauto.yaml', BROKEN);
    await restart();
    expect(await stale()).toMatchObject({ definition: { objective: '0.995' } });
    await evaluated();
    expect((await actions()).filter((action) => action.startsWith('retire'))).toEqual([]);
    const { slos, problems, failures } = await service.json<{
      slos: number;
      problems: { severity: string; message: string }[];
      failures: unknown[];
    }>('/api/v1/collection');
    expect([slos, failures]).toEqual([3, []]);
    expect(problems[0]).toMatchObject({ severity: 'error' });
    expect(problems.at(-1)?.message).toContain('the last good definition stays in force of');
    const { budget } = await service.json<{ budget: { remainingRatio: number } }>(`${SLO}/budget`);
    expect(budget.remainingRatio).toBe(0.6);
    expect(service.log().map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/faciliauto\.yaml.*last good definition of faciliauto\/api-errors/),
    );
  });

  it('keeps it, too, where the database comes up after the service', async () => {
    const database = new URL(env['DATABASE_URL'] ?? '');
    const [behindPort, host] = [Number(database.port), database.hostname];
    const gate = createServer((socket) => {
      const behind = connect(behindPort, host);
      for (const end of [socket, behind]) end.on('error', () => socket.destroy());
      socket.pipe(behind).pipe(socket);
    });
    const port = await listen(gate, 0);
    await new Promise((resolve) => gate.close(resolve));
    database.port = String(port);
    await restart({ ...env, DATABASE_URL: database.href });
    expect((await service.get('/health/ready')).status).toBe(503);
    expect((await service.json<{ status: string }>('/health')).status).toBe('healthy');
    await listen(gate, port);
    try {
      await stale();
      await evaluated();
      expect((await actions()).filter((action) => action.startsWith('retire'))).toEqual([]);
    } finally {
      await restart();
      await new Promise((resolve) => gate.close(resolve));
    }
    await stale();
  });

  it('takes over again once it is mended', async () => {
    await example.write('faciliauto.yaml', SLOS.replace('99.5%', '99.4%'));
    const { definition } =
      (await eventually('the new text', shown, (found) => found?.definition.stale === false)) ?? {};
    expect(definition).toMatchObject({ objective: '0.994' });
    await eventually('it is recorded', actions, (all) =>
      all.includes('redefine faciliauto/api-errors'),
    );
  });

  it('retires its SLOs when it was deleted while the service was away', async () => {
    expect(await service.stop()).toBe(0);
    await unlink(`${example.sloDir}/faciliauto.yaml`);
    service = await startService({ env });
    const all = await eventually('they are retired', actions, (told) =>
      told.includes('retire faciliauto/api-errors'),
    );
    expect(all).toContain('retire faciliauto/uptime');
    expect(await shown()).toBeNull();
  });
});

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
