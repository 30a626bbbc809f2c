import { Module } from '@nestjs/common';
import { startHttpApp } from '../../test/support/http-app';
import type { RunningHttpApp } from '../../test/support/http-app';
import { HealthController } from './health.controller';
import { ReadinessProbe } from './readiness-probe';

const probe = {
  database: () => Promise.resolve(true),
  prometheus: () => true,
  evaluated: () => true,
};

@Module({
  controllers: [HealthController],
  providers: [{ provide: ReadinessProbe, useValue: probe }],
})
class TestModule {}

describe('health', () => {
  let app: RunningHttpApp;

  beforeAll(async () => {
    app = await startHttpApp(TestModule);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(() => app.close());

  it('is alive', async () => {
    expect(await (await app.get('/health')).json()).toEqual({
      status: 'healthy',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
  });

  it.each([
    ['all is well', {}, 200, { status: 'ready', services: { database: true, prometheus: true } }],
    [
      'Prometheus is away',
      { prometheus: () => false },
      200,
      { status: 'ready', services: { database: true, prometheus: false } },
    ],
    [
      'the database is not ready',
      { database: () => Promise.resolve(false) },
      503,
      { status: 'not_ready', services: { database: false, prometheus: true } },
    ],
    [
      'the database fails',
      { database: () => Promise.reject(new Error('away')) },
      503,
      { status: 'not_ready', reason: 'the database does not answer' },
    ],
    [
      'nothing was evaluated yet',
      { evaluated: () => false },
      503,
      {
        status: 'not_ready',
        reason: 'the first evaluation is not done',
        services: { database: true, prometheus: true },
      },
    ],
    [
      'the database never answers',
      { database: () => new Promise<boolean>(() => undefined) },
      503,
      { status: 'not_ready', services: { database: false, prometheus: true } },
    ],
  ])(
    'says when %s',
    async (_, over: Partial<typeof probe>, status, body) => {
      for (const [name, answer] of Object.entries(over)) {
        jest.spyOn(probe, name as keyof typeof probe).mockImplementation(answer);
      }
      const answer = await app.get('/health/ready');
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject(body);
    },
    10_000,
  );
});
