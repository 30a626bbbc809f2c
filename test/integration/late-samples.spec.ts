import { Logger } from '@nestjs/common';
import type { Lateness } from '../../src/collection/series-source';
import { Collecting } from '../support/collecting';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide } from '../support/remote-write';
import { slo } from '../support/slo';

const HOUR = 3_600;
const MINUTE = 60;
const OUT_OF_ORDER = 'storage: { tsdb: { out_of_order_time_window: 35d } }\nscrape_configs: []\n';

/** Two requests a second, one of a hundred bad, written as scraped in (from, to]. */
async function write(url: string, origin: number, from: number, to: number): Promise<void> {
  const labels = { job: 'api', instance: 'a:80' };
  const samples = (value: (t: number) => number) => {
    const all: [number, number][] = [];
    for (let t = from + 15; t <= to; t += 15) all.push([t, value(t - origin)]);
    return all;
  };
  await remoteWriteSideBySide(url, [
    { labels: { __name__: 'up', ...labels }, samples: samples(() => 1) },
    {
      labels: { __name__: 'http_requests_total', status: '200', ...labels },
      samples: samples((t) => 2 * t),
    },
    {
      labels: { __name__: 'http_requests_total', status: '500', ...labels },
      samples: samples((t) => Math.floor(t / 50)),
    },
  ]);
}

describe('samples that come late', () => {
  const errors = slo();
  let postgres: PostgresServer;
  let prometheus: RunningPrometheus;
  let collecting: Collecting;
  let origin: number;
  let others: Collecting[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(['error', 'warn']);
    postgres = await startPostgres();
  }, 60_000);

  afterAll(() => postgres.stop());

  beforeEach(async () => {
    origin = Math.floor(Date.now() / 1000 / HOUR) * HOUR - 6 * HOUR;
    prometheus = await startPrometheus({ config: OUT_OF_ORDER });
    collecting = new Collecting(await migratedDatabase(postgres), prometheus.url, [errors], 15);
    await write(prometheus.url, origin, origin, origin + HOUR);
    await ticks(origin + 30 * MINUTE, origin + HOUR);
  }, 60_000);

  afterEach(async () => {
    await Promise.all([collecting, ...others].map((one) => one.close()));
    others = [];
    await prometheus.dispose();
  });

  async function ticks(from: number, to: number): Promise<void> {
    for (let at = from; at <= to; at += MINUTE) await collecting.tickAt(at + 30);
  }

  async function another(lateness: Partial<Lateness>): Promise<Collecting> {
    const database = await migratedDatabase(postgres);
    const one = new Collecting(database, prometheus.url, [errors], 15, lateness);
    others.push(one);
    return one;
  }

  /** Total, bad and covered seconds of a span told in minutes after the first hour. */
  async function seen(from: number, to: number) {
    const start = origin + HOUR + from * MINUTE;
    const { total, good, coveredSeconds } = await collecting.events(
      errors,
      start,
      origin + HOUR + to * MINUTE,
    );
    return { total: Number(total), bad: Number(total - good), coveredSeconds };
  }

  it('are waited for while a step may still change', async () => {
    await ticks(origin + HOUR + MINUTE, origin + HOUR + 9 * MINUTE);
    const [stream] = await collecting.streamsOf(errors);
    expect(stream?.newest.at).toBe(origin + HOUR);
    await write(prometheus.url, origin, origin + HOUR, origin + HOUR + 9 * MINUTE + 30);
    await ticks(origin + HOUR + 9 * MINUTE, origin + HOUR + 9 * MINUTE);
    expect(await seen(0, 9)).toEqual({ total: 1_080 + 10, bad: 10, coveredSeconds: 540 });
  });

  it('close a step as missing after ten minutes, and count in it once they come', async () => {
    await ticks(origin + HOUR + MINUTE, origin + HOUR + 30 * MINUTE);
    expect(await seen(0, 20)).toEqual({ total: 0, bad: 0, coveredSeconds: 0 });
    await write(prometheus.url, origin, origin + HOUR, origin + HOUR + 40 * MINUTE);
    await ticks(origin + HOUR + 31 * MINUTE, origin + HOUR + 36 * MINUTE);
    expect(await seen(0, 30)).toEqual({ total: 3_600 + 36, bad: 36, coveredSeconds: 1_800 });
    expect(await seen(0, 5)).toEqual({ total: 600 + 6, bad: 6, coveredSeconds: 300 });
  });

  it('are waited for as long as their source says', async () => {
    const patient = await another({ rereadHorizonSeconds: 1_200 });
    const hasty = await another({ rereadHorizonSeconds: 180 });
    for (const one of [patient, hasty]) await one.tickAt(origin + HOUR + 30);
    const newest = async (one: Collecting, minutes: number) => {
      await one.tickAt(origin + HOUR + minutes * MINUTE + 30);
      const [stream] = await one.streamsOf(errors);
      return ((stream?.newest.at ?? NaN) - origin - HOUR) / MINUTE;
    };
    expect([await newest(hasty, 15), await newest(patient, 15)]).toEqual([12, 0]);
    expect(await newest(patient, 25)).toBe(5);
  });

  it('are looked for again within the window of their source only', async () => {
    const first = collecting;
    collecting = await another({ outOfOrderWindowSeconds: 900 });
    await ticks(origin + 30 * MINUTE, origin + HOUR + 30 * MINUTE);
    await write(prometheus.url, origin, origin + HOUR, origin + HOUR + 40 * MINUTE);
    await ticks(origin + HOUR + 31 * MINUTE, origin + HOUR + 36 * MINUTE);
    expect((await seen(0, 10)).coveredSeconds).toBe(0);
    expect((await seen(25, 30)).coveredSeconds).toBe(300);
    collecting = first;
  });

  it('move out of the step that had bridged their gap, and are not counted twice', async () => {
    await write(prometheus.url, origin, origin + HOUR + 20 * MINUTE, origin + HOUR + 60 * MINUTE);
    await ticks(origin + HOUR + MINUTE, origin + HOUR + 34 * MINUTE);
    expect(await seen(0, 20)).toEqual({ total: 0, bad: 0, coveredSeconds: 0 });
    const bridged = { total: 3_600 + 36, bad: 36, coveredSeconds: 1_800 };
    expect(await seen(0, 30)).toEqual(bridged);
    await write(prometheus.url, origin, origin + HOUR, origin + HOUR + 20 * MINUTE);
    await ticks(origin + HOUR + 35 * MINUTE, origin + HOUR + 36 * MINUTE);
    expect(await seen(0, 30)).toEqual(bridged);
    expect(await seen(0, 20)).toEqual({ total: 2_400 + 24, bad: 24, coveredSeconds: 1_200 });
    expect(collecting.collector.log.amendedSteps).toBeGreaterThan(20);
  });
});
