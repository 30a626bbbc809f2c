import { setTimeout as sleep } from 'node:timers/promises';
import { standingAt, timeLine } from '../support/accelerated-clock';
import type { RunningService } from '../support/service';
import { eventually } from '../support/service-ledger';
import { T0 } from './fleet';
import { alarms, endOf, type Scene, SPEED } from './stage';

const LENGTH = 3600;
/** So that backfill, a few dozen questions, can be caught in its middle. */
const SLOWED_MS = 50;
const SOME_TICKS_MS = 1_000;

interface Readiness {
  readonly status: number;
  readonly services: { readonly database: boolean; readonly prometheus: boolean };
}

export function outages(scene: Scene): void {
  const readiness = async (service: RunningService): Promise<Readiness> => {
    const answer = await service.get('/health/ready');
    const { services } = (await answer.json()) as Readiness;
    return { status: answer.status, services };
  };
  const ready = (service: RunningService, wanted: Readiness) =>
    eventually(
      JSON.stringify(wanted),
      () => readiness(service),
      (told) => JSON.stringify(told) === JSON.stringify(wanted),
    );
  const GOOD = { status: 200, services: { database: true, prometheus: true } };
  const NO_DATABASE = { status: 503, services: { database: false, prometheus: true } };
  const NO_PROMETHEUS = { status: 200, services: { database: true, prometheus: false } };
  const sources = (service: RunningService) =>
    service.json<{
      sources: { up: boolean; error: string | null }[];
      failures: { slo: string; message: string }[];
    }>('/api/v1/collection');
  const healthy = async (service: RunningService) => {
    expect((await service.get('/health')).status).toBe(200);
  };

  it('starts without a database, survives its loss, and catches up', async () => {
    const { stage, truth } = scene();
    const play = await stage.play();
    await stage.postgres.kill();
    const service = await play.start(standingAt(T0, SPEED));
    await healthy(service);
    await ready(service, NO_DATABASE);
    expect((await service.get('/api/v1/collection')).status).toBe(503);
    stage.road.slow(SLOWED_MS);
    await stage.postgres.restart();
    await eventually('streams begin', () => play.begun(), Boolean);

    // In the middle of the backfill, and again in the middle of the live steps.
    await stage.road.after(3);
    await stage.postgres.kill();
    stage.road.slow(0);
    await ready(service, NO_DATABASE);
    await healthy(service);
    await stage.postgres.restart();
    await play.backfilled();
    await service.follow(timeLine(T0, SPEED, endOf(LENGTH)));
    await stage.road.after(15);
    await stage.postgres.kill();
    await ready(service, NO_DATABASE);
    await healthy(service);
    expect(
      service.log().some(({ level, message }) => level === 'WARN' && message.includes('database')),
    ).toBe(true);
    await stage.postgres.restart();
    await ready(service, GOOD);

    await play.caughtUp(endOf(LENGTH));
    expect(alarms(service)).toEqual([]);
    expect(await play.told(LENGTH)).toEqual(await truth.told(LENGTH));
  });

  it('survives a Prometheus that is killed or hangs, says so, and catches up', async () => {
    const { stage, truth } = scene();
    const play = await stage.play();
    stage.road.slow(SLOWED_MS);
    const service = await play.start(standingAt(T0, SPEED));
    await eventually('streams begin', () => play.begun(), Boolean);
    await stage.road.after(3);
    await stage.prometheus.kill();
    stage.road.slow(0);
    await ready(service, NO_PROMETHEUS);
    await healthy(service);
    const {
      sources: [source],
      failures,
    } = await eventually(
      'the failure is told',
      () => sources(service),
      (told) => told.failures.length > 0,
    );
    expect(source).toMatchObject({ up: false, error: expect.stringMatching(/\w/) as string });
    expect(failures.map(({ message }) => message).join()).toContain('default');
    await stage.prometheus.restart();
    await play.backfilled();
    await ready(service, GOOD);

    await service.follow(timeLine(T0, SPEED, endOf(LENGTH)));
    await stage.road.after(12);
    const pid = stage.prometheus.pid() ?? 0;
    process.kill(pid, 'SIGSTOP');
    try {
      // Longer than a step without data stays open: nothing may be closed as missing.
      await sleep((900 / SPEED) * 1000);
      await healthy(service);
    } finally {
      process.kill(pid, 'SIGCONT');
    }

    await play.caughtUp(endOf(LENGTH));
    await ready(service, GOOD);
    expect(alarms(service)).toEqual([]);
    expect((await sources(service)).failures).toEqual([]);
    expect(await play.told(LENGTH)).toEqual(await truth.told(LENGTH));
  });

  it('writes nothing twice when its clock steps back by five minutes', async () => {
    const { stage, truth } = scene();
    const play = await stage.play();
    const service = await play.start(standingAt(T0, SPEED));
    await play.backfilled();
    await service.follow(timeLine(T0, 5 * SPEED, T0 + 1800));
    await play.caughtUp(T0 + 1800);
    await service.follow(timeLine(T0 + 1500, SPEED, T0 + 1560));
    // Ticks in which nothing is due ask nothing.
    await sleep(SOME_TICKS_MS);
    await play.caughtUp(T0 + 1800);
    await play.runOn(service, T0 + 1560, LENGTH, 5 * SPEED);
    expect(alarms(service)).toEqual([]);
    expect(await play.told(LENGTH)).toEqual(await truth.told(LENGTH));
  });
}
