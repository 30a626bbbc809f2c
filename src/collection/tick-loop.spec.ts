import { SchedulerRegistry } from '@nestjs/schedule';
import type { Backfiller } from './backfiller';
import type { Collector } from './collector';
import { AfterTick, TickLoop } from './tick-loop';

const MINUTE = 60;

/** What follows is told here, and ends when it is let go. */
class Told extends AfterTick {
  readonly ends: number[] = [];
  running = 0;
  mostAtOnce = 0;

  async run(dueEnd: number): Promise<void> {
    this.running += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    this.ends.push(dueEnd);
    await new Promise((resolve) => setImmediate(resolve));
    this.running -= 1;
  }
}

describe('the loop of ticks', () => {
  it('tells history that was read as of the last tick, however far the clock has gone on', async () => {
    const told = new Told();
    let now = 10 * MINUTE;
    const rounds: number[] = [];
    const clock = { now: () => now, realSeconds: () => 0.001 };
    let ticks = 0;
    const collector = {
      dueEnd: (at: number) => Math.floor(at / MINUTE) * MINUTE,
      release: () => Promise.resolve(),
      // The second tick comes late and takes until history has been told a few times.
      tick: async () => {
        ticks += 1;
        if (ticks < 2) return false;
        while (rounds.length < 5) await new Promise((resolve) => setImmediate(resolve));
        return false;
      },
    };
    const backfiller = {
      forgetFailures: () => undefined,
      round: () => {
        rounds.push(now);
        now += MINUTE;
        return Promise.resolve(rounds.length < 5);
      },
    };
    const loop = new TickLoop(
      new SchedulerRegistry(),
      clock,
      collector as unknown as Collector,
      backfiller as unknown as Backfiller,
      told,
      { intervalSeconds: MINUTE, offsetSeconds: 0 },
    );
    loop.start();
    while (told.ends.length < 6) await new Promise((resolve) => setImmediate(resolve));
    await loop.stop();
    expect(told.ends.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 10 * MINUTE));
    expect(told.ends[5]).toBeGreaterThan(10 * MINUTE);
    expect(told.mostAtOnce).toBe(1);
  });

  it('tells again what the last tick collected, when something else changed, and nothing before or after', async () => {
    const told = new Told();
    const collector = {
      dueEnd: () => 10 * MINUTE,
      release: () => Promise.resolve(),
      tick: () => Promise.resolve(false),
    };
    const backfiller = { forgetFailures: () => undefined, round: () => Promise.resolve(false) };
    const loop = new TickLoop(
      new SchedulerRegistry(),
      { now: () => 11 * MINUTE, realSeconds: () => 3_600 },
      collector as unknown as Collector,
      backfiller as unknown as Backfiller,
      told,
      { intervalSeconds: MINUTE, offsetSeconds: 0 },
    );
    await loop.again();
    expect(told.ends).toEqual([]);
    loop.start();
    while (told.ends.length < 1) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([loop.again(), loop.again()]);
    expect([told.ends, told.mostAtOnce]).toEqual([[10 * MINUTE, 10 * MINUTE, 10 * MINUTE], 1]);
    await loop.stop();
    await loop.again();
    expect(told.ends).toHaveLength(3);
  });

  it.each([
    ['a timer that went off a little early', 11 * MINUTE - 0.0004, 0.1, 0],
    ['a tick that took until the time of the next', 10 * MINUTE + 1, 60, 0],
    ['an ordinary tick', 10 * MINUTE, 3, 57],
    ['a clock that was set back', 10 * MINUTE, -7_200, 60],
  ])('leaves no tick out after %s', async (_, at, took, wait) => {
    let now = at;
    const waits: number[] = [];
    const collector = {
      dueEnd: () => 10 * MINUTE,
      release: () => Promise.resolve(),
      tick: () => {
        now += took;
        return Promise.resolve(false);
      },
    };
    const clock = {
      now: () => now,
      realSeconds: (seconds: number) => (waits.push(seconds), 3_600),
    };
    const loop = new TickLoop(
      new SchedulerRegistry(),
      clock,
      collector as unknown as Collector,
      {
        forgetFailures: () => undefined,
        round: () => Promise.resolve(false),
      } as unknown as Backfiller,
      new Told(),
      { intervalSeconds: MINUTE, offsetSeconds: 0 },
    );
    loop.start();
    while (waits.length < 1) await new Promise((resolve) => setImmediate(resolve));
    await loop.stop();
    expect(waits).toEqual([wait]);
  });
});
