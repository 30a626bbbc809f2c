import { standingAt, timeLine } from '../support/accelerated-clock';
import type { RunningService } from '../support/service';
import { eventually } from '../support/service-ledger';
import { T0 } from './fleet';
import { alarms, endOf, type Play, type Scene } from './stage';

const LENGTH = 3600;
/** A tick a second, so that the lease is longer than a tick on a busy machine. */
const SPEED = 300;
const EVERY_SECOND = { EVALUATION_INTERVAL: '5m' };

export function replicas(scene: Scene): void {
  const leases = async (service: RunningService): Promise<number> => {
    const text = await (await service.get('/metrics')).text();
    return Number(/^slowburn_leases_held (\d+)$/m.exec(text)?.[1]);
  };
  const heldByAnyone = (play: Play) =>
    play.ledger.rows('select unit from collection_unit where holder is not null');

  it('keeps one ledger between two replicas, and one takes over from the other', async () => {
    const { stage, truth } = scene();
    const play = await stage.play();
    const line = standingAt(T0, SPEED);
    const both = await Promise.all([
      play.start(line, EVERY_SECOND),
      play.start(line, EVERY_SECOND),
    ]);
    await play.backfilled();
    const running = timeLine(T0, SPEED, endOf(LENGTH));
    for (const service of both) await service.follow(running);
    await stage.road.after(15);
    const held = await Promise.all(both.map(leases));
    const [killed, left] = (held[0] ?? 0) > (held[1] ?? 0) ? both : [both[1], both[0]];
    await killed.kill();
    await eventually(
      'all units are taken over',
      () => leases(left),
      (count) => count === 5,
    );
    await play.caughtUp(endOf(LENGTH));
    expect(both.flatMap(alarms)).toEqual([]);
    const told = await truth.told(LENGTH);
    expect(await play.told(LENGTH)).toEqual(told);

    const late = await play.start(standingAt(endOf(LENGTH), SPEED), EVERY_SECOND);
    await eventually(
      'a replica that collects nothing answers from the same ledger',
      async () => (await late.json<{ items: unknown[] }>('/api/v1/slos')).items,
      (rows) => rows.length === 6,
    );
    const budget = '/api/v1/slos/shop/requests/budget';
    expect(await late.json(budget)).toEqual(await left.json(budget));
  });

  it('ends on SIGTERM in the middle of a tick with nothing half written and no lease kept', async () => {
    const { stage, truth } = scene();
    const play = await stage.play();
    const first = await play.start(standingAt(T0, SPEED));
    await play.backfilled();
    await first.follow(timeLine(T0, SPEED, endOf(LENGTH)));
    stage.road.slow(100);
    await stage.road.after(9);
    expect(await first.stop()).toBe(0);
    expect(alarms(first)).toEqual([]);
    stage.road.slow(0);
    expect(await heldByAnyone(play)).toEqual([]);
    const ends = await play.ledger.rows(
      `select s.id from stream s left join live_point p on p.stream_id = s.id and p.t = s.newest_at
       where (p.good, p.total, p.covered) is distinct from (s.newest_good, s.newest_total, s.newest_covered)`,
    );
    expect(ends).toEqual([]);

    const [stream] = await play.ledger.streams();
    const second = await play.start(standingAt(stream?.newest.at ?? 0, SPEED));
    await play.runOn(second, stream?.newest.at ?? 0, LENGTH, 5 * SPEED);
    expect(await play.told(LENGTH)).toEqual(await truth.told(LENGTH));
  });

  it('ends on SIGTERM while Prometheus hangs', async () => {
    const { stage } = scene();
    const play = await stage.play();
    stage.road.slow(50);
    const service = await play.start(standingAt(T0, SPEED));
    await eventually('streams begin', () => play.begun(), Boolean);
    const pid = stage.prometheus.pid() ?? 0;
    process.kill(pid, 'SIGSTOP');
    try {
      await stage.road.after(1);
      expect(await service.stop()).toBe(0);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    expect(await heldByAnyone(play)).toEqual([]);
  });
}
