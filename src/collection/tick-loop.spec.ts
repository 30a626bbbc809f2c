import { SchedulerRegistry } from '@nestjs/schedule';
import { LedgerUnavailable } from '../ledger/ledger';
import type { Backfiller } from './backfiller';
import type { Collector } from './collector';
import { AfterTick, TickLoop } from './tick-loop';

const MINUTE = 60;

/** What follows is told here, and ends when it is let go. */
class Told extends AfterTick {
  readonly ends: number[] = [];
  running = 0;
  mostAtOnce = 0;
  chored = 0;
  stopped: (() => boolean) | null = null;
  doing: Promise<void> = Promise.resolve();

  async figures(dueEnd: number): Promise<void> {
    this.running += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    this.ends.push(dueEnd);
    await nextTurn();
    this.running -= 1;
  }

  readonly lists = this.figures.bind(this);

  async chores(_: number, stopped: () => boolean): Promise<void> {
    this.chored += 1;
    this.stopped = stopped;
    await this.doing;
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Ticks once, at ten minutes, and reads no history. */
function quietLoop(told: AfterTick, tick: () => Promise<boolean>): TickLoop {
  const collector = { dueEnd: () => 10 * MINUTE, release: () => Promise.resolve(), tick };
  const backfiller = { forgetFailures: () => undefined, round: () => Promise.resolve(false) };
  return new TickLoop(
    new SchedulerRegistry(),
    { now: () => 11 * MINUTE, realSeconds: () => 3_600 },
    collector as unknown as Collector,
    backfiller as unknown as Backfiller,
    told,
    { intervalSeconds: MINUTE, offsetSeconds: 0 },
  );
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
        while (rounds.length < 5) await nextTurn();
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
    while (told.ends.length < 6) await nextTurn();
    await loop.stop();
    expect(told.ends.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 10 * MINUTE));
    expect(told.ends[5]).toBeGreaterThan(10 * MINUTE);
    expect(told.mostAtOnce).toBe(1);
  });

  it('makes the lists again, of what the last tick collected, once for all who wait for them', async () => {
    const told = new Told();
    const loop = quietLoop(told, () => Promise.resolve(false));
    await loop.again();
    expect(told.ends).toEqual([]);
    loop.start();
    while (told.chored < 1) await nextTurn();
    await Promise.all([loop.again(), loop.again()]);
    expect(told.ends).toEqual([10 * MINUTE, 10 * MINUTE]);
    const begun = loop.again();
    while (told.running < 1) await nextTurn();
    // What changed since they began may be wanting in them.
    await Promise.all([begun, loop.again(), loop.again()]);
    expect([told.ends.length, told.mostAtOnce]).toEqual([4, 1]);
    await loop.stop();
    await loop.again();
    expect(told.ends).toHaveLength(4);
  });

  it('keeps nobody who waits for lists until the chores are done, but a stop', async () => {
    const told = new Told();
    let done = (): void => undefined;
    told.doing = new Promise((resolve) => (done = resolve));
    const loop = quietLoop(told, () => Promise.resolve(false));
    loop.start();
    while (told.chored < 1) await nextTurn();
    await loop.again();
    expect(told.ends).toHaveLength(2);
    let stopped = false;
    const stop = loop.stop().then(() => (stopped = true));
    for (let k = 0; k < 10; k += 1) await nextTurn();
    expect([stopped, told.stopped?.()]).toEqual([false, true]);
    done();
    await stop;
  });

  it('begins nothing any more once it is stopping, and waits for what has begun', async () => {
    const told = new Told();
    let collected = (): void => undefined;
    const loop = quietLoop(told, async () => {
      await new Promise<void>((resolve) => (collected = resolve));
      return true;
    });
    loop.start();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const stop = loop.stop();
    collected();
    await stop;
    expect([told.ends, told.chored]).toEqual([[], 0]);

    const other = quietLoop(told, () => Promise.resolve(false));
    other.start();
    while (told.chored < 1) await nextTurn();
    const again = other.again();
    while (told.running < 1) await nextTurn();
    await other.stop();
    expect(told.running).toBe(0);
    await again;
  });

  it('leaves the chores alone where the figures failed', async () => {
    const told = new Told();
    const failing = jest.spyOn(told, 'figures').mockRejectedValueOnce(new LedgerUnavailable(null));
    const loop = quietLoop(told, () => Promise.resolve(true));
    loop.start();
    while (told.chored < 1) await nextTurn();
    await loop.stop();
    expect(failing.mock.calls.length).toBeGreaterThan(1);
    expect(told.chored).toBeLessThan(failing.mock.calls.length);
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
    while (waits.length < 1) await nextTurn();
    await loop.stop();
    expect(waits).toEqual([wait]);
  });
});
