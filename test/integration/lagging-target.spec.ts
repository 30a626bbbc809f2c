import { Logger } from '@nestjs/common';
import type { Slo } from '../../src/domain/slo';
import type { AwaitedStep } from '../../src/ledger/ledger';
import { Collecting } from '../support/collecting';
import { type RunningEngine, startEngine } from '../support/engine';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';
import type { WrittenSeries } from '../support/remote-write';
import { slo } from '../support/slo';

const HOUR = 3_600;
const MINUTE = 60;
const SCRAPE = 15;
const OUT_OF_ORDER = 'storage: { tsdb: { out_of_order_time_window: 1d } }\nscrape_configs: []\n';

/** One scrape of a target, and when the source has it. */
interface Scrape {
  readonly at: number;
  readonly comesAt: number;
  readonly total: number;
  readonly bad: number;
  readonly startedAt: number;
  readonly isEnd: boolean;
}

interface Target {
  readonly instance: string;
  readonly scrapes: readonly Scrape[];
}

/**
 * Each second brings 2 requests and every tenth second an error. All times are told in seconds after
 * the first tick.
 */
interface Behaviour {
  readonly phase: number;
  /** When a scrape of an instant comes; Infinity for never. */
  readonly comesAt?: (at: number) => number;
  /** Instants at which the process starts anew. */
  readonly restarts?: readonly number[];
  /** When it is taken away, which the source marks. */
  readonly endsAt?: number;
}

const BEFORE = 30 * MINUTE;

describe('a target whose samples come later than the others', () => {
  let postgres: PostgresServer;
  let engine: RunningEngine;
  let collecting: Collecting;
  let origin: number;
  let targets: readonly Target[];
  let writtenTo: number;

  beforeAll(async () => {
    Logger.overrideLogger(['error', 'warn']);
    postgres = await startPostgres();
  }, 60_000);

  afterAll(() => postgres.stop(), 30_000);

  beforeEach(async () => {
    origin = Math.floor(Date.now() / 1000 / HOUR) * HOUR - 5 * HOUR;
    engine = await startEngine({ config: OUT_OF_ORDER });
  }, 30_000);

  afterEach(async () => {
    await collecting.close();
    await engine.dispose();
  }, 30_000);

  async function begin(behaviours: readonly Behaviour[], slos: readonly Slo[]): Promise<void> {
    targets = behaviours.map((behaviour, k) => ({
      instance: `pod-${k}:80`,
      scrapes: scrapesOf(behaviour),
    }));
    writtenTo = -Infinity;
    collecting = new Collecting(await migratedDatabase(postgres), engine.url, slos, SCRAPE);
    await minutes(0, 0);
  }

  /** Ticks every minute from one to another, each seeing what has come by then. */
  async function minutes(from: number, to: number, each?: (minute: number) => Promise<void>) {
    for (let minute = from; minute <= to; minute += 1) {
      const now = minute * MINUTE + 30;
      await arrive(now);
      await collecting.tickAt(origin + now);
      await each?.(minute);
    }
  }

  async function arrive(now: number): Promise<void> {
    await engine.write(
      targets.flatMap(({ instance, scrapes }) =>
        seriesOf(
          instance,
          scrapes.filter(({ comesAt }) => comesAt > writtenTo && comesAt <= now),
          origin,
        ),
      ),
    );
    writtenTo = now;
  }

  /** Total and bad events of a span in minutes after the first tick. */
  async function counted(of: Slo, from: number, to: number) {
    const { total, good } = await collecting.events(
      of,
      origin + from * MINUTE,
      origin + to * MINUTE,
    );
    return { total: Number(total), bad: Number(total - good) };
  }

  async function eachStep(of: Slo, from: number, to: number) {
    const steps = [];
    for (let minute = from; minute < to; minute += 1) {
      steps.push(await counted(of, minute, minute + 1));
    }
    return steps;
  }

  function truth(from: number, to: number) {
    const sum = { total: 0, bad: 0 };
    for (const { scrapes } of targets) {
      scrapes.forEach((scrape, k) => {
        const { at, comesAt, total, bad, startedAt, isEnd } = scrape;
        if (at <= from * MINUTE || at > to * MINUTE || comesAt === Infinity || isEnd) return;
        const former = scrapes[k - 1];
        const before = former?.startedAt === startedAt ? former : { total: 0, bad: 0 };
        sum.total += total - before.total;
        sum.bad += bad - before.bad;
      });
    }
    return sum;
  }

  function eachTruth(from: number, to: number) {
    return Array.from({ length: to - from }, (_, k) => truth(from + k, from + k + 1));
  }

  async function provisional(): Promise<readonly number[]> {
    const awaited = await collecting.ledger.awaitedSteps(origin);
    return [...new Set(awaited.map(({ at }) => (at - origin) / MINUTE))];
  }

  const errors = slo();

  /** Three minutes late for a quarter of an hour; then all that is under way comes at once. */
  const late = (at: number) =>
    at > 5 * MINUTE && at <= 20 * MINUTE ? Math.min(at + 180, 20 * MINUTE + 90) : at;

  it('has its events counted in their minutes once it has caught up: one of two', async () => {
    await begin([{ phase: 3 }, { phase: 7, comesAt: late }], [errors]);
    await minutes(1, 15);
    expect(await counted(errors, 13, 15)).toEqual({ total: 240, bad: 12 });
    expect(await provisional()).toContain(15);
    await minutes(16, 26);
    expect(await eachStep(errors, 0, 25)).toEqual(eachTruth(0, 25));
    expect(await provisional()).toEqual([]);
    expect(collecting.collector.log.flaggedSteps.get('provisional')).toBeGreaterThan(10);
  }, 60_000);

  it('has its events counted in their minutes once it has caught up: one of ten', async () => {
    const others = Array.from({ length: 9 }, (_, k) => ({ phase: k + 1 }));
    const byPod = slo({ name: 'by-pod', groupBy: ['instance'] });
    await begin([...others, { phase: 12, comesAt: late }], [errors, byPod]);
    await minutes(1, 15);
    const streams = await collecting.streamsOf(byPod);
    const waiting = new Set((await collecting.ledger.awaitedSteps(origin)).map(streamIdOf));
    const groups = streams.filter(({ id }) => waiting.has(id)).map(({ group }) => group);
    // VictoriaMetrics does not show its series any more, so all wait for it.
    const all = streams.map(({ group }) => group);
    const lateOne = [{ instance: 'pod-9:80' }];
    expect(groups).toEqual(engine.kind === 'prometheus' ? lateOne : all);
    await minutes(16, 26);
    expect(await eachStep(errors, 0, 25)).toEqual(eachTruth(0, 25));
    expect(await provisional()).toEqual([]);
  }, 120_000);

  it('is waited for, though its process restarts meanwhile', async () => {
    const restarts = [8 * MINUTE + 20, 19 * MINUTE + 50];
    await begin([{ phase: 3 }, { phase: 7, comesAt: late, restarts }], [errors]);
    await minutes(1, 26);
    expect(await eachStep(errors, 0, 25)).toEqual(eachTruth(0, 25));
    expect(await provisional()).toEqual([]);
  }, 60_000);

  it('is noticed when it is later than the query delay by one scrape', async () => {
    const comesAt = (at: number) => (at > 5 * MINUTE && at <= 20 * MINUTE ? at + 44 : at);
    await begin([{ phase: 3 }, { phase: 14, comesAt }], [errors]);
    await minutes(1, 26);
    expect(await eachStep(errors, 0, 25)).toEqual(eachTruth(0, 25));
  }, 60_000);

  it('is waited for longer than the source shows its last sample', async () => {
    const comesAt = (at: number) =>
      at > 5 * MINUTE && at <= 30 * MINUTE ? Math.min(at + 480, 30 * MINUTE + 90) : at;
    await begin([{ phase: 3 }, { phase: 7, comesAt }], [errors]);
    await minutes(1, 36);
    expect(await eachStep(errors, 0, 35)).toEqual(eachTruth(0, 35));
    expect(await provisional()).toEqual([]);
  }, 60_000);

  it('has its events counted even where it was given up, once all of them come', async () => {
    const comesAt = (at: number) => (at > 5 * MINUTE && at <= 45 * MINUTE ? 45 * MINUTE + 90 : at);
    await begin([{ phase: 3 }, { phase: 7, comesAt }], [errors]);
    await minutes(1, 40);
    expect(await provisional()).not.toContain(30);
    await minutes(41, 51);
    expect(await eachStep(errors, 0, 50)).toEqual(eachTruth(0, 50));
    expect(await provisional()).toEqual([]);
  }, 120_000);

  it('whose newest samples come first is bridged, and its events are never there twice', async () => {
    const comesAt = (at: number) =>
      at > 5 * MINUTE && at <= 9 * MINUTE ? 17 * MINUTE + 5 * (at % 60) : at;
    await begin([{ phase: 3 }, { phase: 7, comesAt }], [errors]);
    await minutes(1, 9);
    await minutes(10, 26, async (minute) => {
      expect(await counted(errors, 0, minute)).toEqual(truth(0, minute));
    });
    expect(await eachStep(errors, 0, 25)).toEqual(eachTruth(0, 25));
    expect(await provisional()).toEqual([]);
  }, 60_000);

  it('that never returns keeps its steps provisional, and no others', async () => {
    const comesAt = (at: number) => (at > 5 * MINUTE ? Infinity : at);
    await begin([{ phase: 3 }, { phase: 7, comesAt }], [errors]);
    await minutes(1, 40);
    expect(await eachStep(errors, 0, 40)).toEqual(eachTruth(0, 40));
    expect(await provisional()).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(collecting.collector.log.amendedSteps).toBe(0);
  }, 60_000);

  it('that ends is not waited for', async () => {
    await begin([{ phase: 3 }, { phase: 7, endsAt: 5 * MINUTE }], [errors]);
    await minutes(1, 16);
    expect(await eachStep(errors, 0, 15)).toEqual(eachTruth(0, 15));
    expect(collecting.collector.log.flaggedSteps.get('provisional')).toBeUndefined();
  }, 60_000);
});

function streamIdOf({ streamId }: AwaitedStep): number {
  return streamId;
}

function scrapesOf({ phase, comesAt, restarts = [], endsAt }: Behaviour): readonly Scrape[] {
  const scrapes: Scrape[] = [];
  for (let at = phase - BEFORE; at <= 90 * MINUTE; at += SCRAPE) {
    const startedAt = [-7_200, ...restarts].filter((start) => start <= at).at(-1) ?? 0;
    const age = at - startedAt;
    scrapes.push({
      at,
      comesAt: comesAt?.(at) ?? at,
      isEnd: endsAt !== undefined && at > endsAt,
      total: 2 * age,
      bad: Math.floor(age / 10),
      startedAt,
    });
  }
  // One marker ends a series.
  const end = scrapes.findIndex(({ isEnd }) => isEnd);
  return end < 0 ? scrapes : scrapes.slice(0, end + 1);
}

function seriesOf(instance: string, scrapes: readonly Scrape[], origin: number): WrittenSeries[] {
  const one = (name: string, labels: object, value: (scrape: Scrape) => number): WrittenSeries => ({
    labels: { __name__: name, job: 'api', instance, ...labels },
    samples: scrapes.map((scrape) => [origin + scrape.at, scrape.isEnd ? null : value(scrape)]),
  });
  return [
    one('up', {}, () => 1),
    one('process_start_time_seconds', {}, ({ startedAt }) => origin + startedAt),
    one('http_requests_total', { status: '200' }, ({ total, bad }) => total - bad),
    one('http_requests_total', { status: '500' }, ({ bad }) => bad),
  ];
}
