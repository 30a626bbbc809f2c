import { setTimeout as sleep } from 'node:timers/promises';
import { standingAt, timeLine } from '../support/accelerated-clock';
import { FLEET_STREAMS, T0 } from './fleet';
import { seeded } from './random';
import { alarms, endOf, type Scene, SPEED } from './stage';

const SHORT = process.env['FAULTS'] === 'short';
const LENGTH = SHORT ? 3600 : 3 * 3600;
const KILLS = SHORT ? { backfill: 3, live: 4 } : { backfill: 12, live: 12 };
/** A life ends after up to this many requests, and up to this many milliseconds more. */
const MOST_REQUESTS = 40;
const MOST_MILLISECONDS = 80;
const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);

export function killsAtAnyMoment(scene: Scene): void {
  it(`loses no step and counts none twice when killed at any moment (FAULTS_SEED=${SEED})`, async () => {
    const { stage, truth } = scene();
    const random = seeded(SEED);
    const play = await stage.play();
    const lives: string[] = [];
    const live = async (from: number, until: number): Promise<void> => {
      const requests = Math.floor(random() * MOST_REQUESTS);
      const service = await play.start(timeLine(from, SPEED, until));
      await Promise.race([stage.road.after(requests), sleep(4_000)]);
      await sleep(random() * MOST_MILLISECONDS);
      await service.kill();
      expect(alarms(service)).toEqual([]);
      lives.push(`${requests}${(await play.begun()) ? '' : ' (no streams yet)'}`);
    };

    for (let kill = 0; kill < KILLS.backfill; kill += 1) await live(T0, T0);
    const rest = await play.start(standingAt(T0, SPEED));
    await play.backfilled();
    await rest.kill();

    let from = T0;
    for (let kill = 0; kill < KILLS.live; kill += 1) {
      await live(from, endOf(LENGTH));
      const newest = Math.max(...(await play.ledger.streams()).map((stream) => stream.newest.at));
      from = Math.min(endOf(LENGTH), newest + random() * 900);
    }
    const last = await play.start(standingAt(from, SPEED));
    await play.runOn(last, from, LENGTH, 5 * SPEED);
    console.log(`killed ${lives.length + 1} times, after requests: ${lives.join(', ')}`);

    const told = await truth.told(LENGTH);
    expect(Object.keys(told)).toHaveLength(FLEET_STREAMS);
    for (const { steps } of Object.values(told)) {
      expect(steps.length).toBeGreaterThanOrEqual((7 * 86_400 + LENGTH) / 300);
    }
    expect(await play.told(LENGTH)).toEqual(told);
  });
}
