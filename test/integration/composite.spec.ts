import { Logger } from '@nestjs/common';
import { sloId, type Slo } from '../../src/domain/slo';
import type { CompositeLedger } from '../../src/evaluation/composite-ledger';
import { LedgerFigurer } from '../../src/evaluation/ledger-figurer';
import { revisionOf } from '../../src/ledger/revision';
import { Collecting } from '../support/collecting';
import { compositeOf, Definitions } from '../support/composites';
import { MemoryDefinitionHistory } from '../support/definition-history';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide } from '../support/remote-write';
import { slo } from '../support/slo';

const MINUTE = 60;
const SLICE = 5 * MINUTE;
const HOUR = 60 * MINUTE;
const OUT_OF_ORDER = 'storage: { tsdb: { out_of_order_time_window: 35d } }\nscrape_configs: []\n';

function requestsOf(job: string, objective: Slo['objective']): Slo {
  const total = `http_requests_total{job="${job}"}`;
  const part = { role: 'bad', selector: `http_requests_total{job="${job}",status="500"}` } as const;
  return { ...slo(), name: job, objective, sli: { kind: 'ratio', total, part } };
}

const { objective } = slo();
const api = requestsOf('api', objective);
const shop = requestsOf('shop', objective);
const PARTS = [api, shop] as const;
const FIRST_COMPOSED = 2 ** 31;
const composites = {
  all: compositeOf('all', PARTS, { name: 'all', objective: '0.9' }),
  worst: compositeOf('worst', PARTS, { name: 'worst', objective: '0.9' }),
  weighted: compositeOf('weighted', [{ slo: api }, { slo: shop, weight: '3' }], {
    name: 'weighted',
    objective: '0.9',
  }),
};

/** Two requests a second and their errors, scraped in (from, to]. */
async function write(
  url: string,
  job: string,
  [from, to]: readonly [number, number],
  errors: (t: number) => number,
): Promise<void> {
  const labels = { job, instance: 'a:80' };
  const samples = (value: (t: number) => number) => {
    const all: [number, number][] = [];
    for (let t = from + 15; t <= to; t += 15) all.push([t, value(t)]);
    return all;
  };
  await remoteWriteSideBySide(url, [
    { labels: { __name__: 'up', ...labels }, samples: samples(() => 1) },
    {
      labels: { __name__: 'http_requests_total', status: '200', ...labels },
      samples: samples((t) => 2 * (t % 1e7)),
    },
    {
      labels: { __name__: 'http_requests_total', status: '500', ...labels },
      samples: samples(errors),
    },
  ]);
}

describe('a composite over real sources', () => {
  let postgres: PostgresServer;
  let prometheus: RunningPrometheus;
  let collecting: Collecting;
  let definitions: Definitions;
  let composed: CompositeLedger;
  let origin: number;

  beforeAll(async () => {
    Logger.overrideLogger(['error', 'warn']);
    postgres = await startPostgres();
  }, 60_000);

  afterAll(() => postgres.stop());

  beforeEach(async () => {
    origin = Math.floor(Date.now() / 1000 / HOUR) * HOUR - 8 * HOUR;
    prometheus = await startPrometheus({ config: OUT_OF_ORDER });
    collecting = new Collecting(await migratedDatabase(postgres), prometheus.url, PARTS, 15);
    definitions = new Definitions();
    definitions.define(...PARTS, ...Object.values(composites));
    composed = definitions.over(collecting.ledger);
  }, 60_000);

  afterEach(async () => {
    await collecting.close();
    await prometheus.dispose();
  });

  /** The shop answers one request in four with an error between two instants. */
  const incident = (from: number, to: number) => (t: number) =>
    Math.floor(Math.max(0, Math.min(t, to) - from) / 2);
  const quiet = () => 0;

  async function ticks(from: number, to: number): Promise<void> {
    for (let at = from; at <= to; at += MINUTE) await collecting.tickAt(at + 30);
  }

  /** What the parts' own history comes to, slice by slice. */
  async function byHand(from: number, to: number) {
    const sum = { all: 0, worst: 0, weighted: 0, slices: 0 };
    for (let at = from; at < to; at += SLICE) {
      const told = await Promise.all(PARTS.map((part) => collecting.events(part, at, at + SLICE)));
      if (told.some(({ coveredSeconds }) => coveredSeconds === 0)) continue;
      const [one = 1, two = 1] = told.map(({ good, total }) =>
        total === 0n ? 1 : Number(good) / Number(total),
      );
      sum.slices += 1;
      sum.all += Math.min(one, two) >= 0.999 ? 1 : 0;
      sum.worst += Math.min(one, two);
      sum.weighted += (one + 3 * two) / 4;
    }
    return sum;
  }

  async function expectByHand(from: number, to: number, ledger = composed): Promise<void> {
    const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
    const expected = await byHand(from, to);
    expect(expected.slices).toBeGreaterThan(0);
    for (const method of ['all', 'worst', 'weighted'] as const) {
      const of = composites[method];
      const asked = { slo: of, group: null, from, to, stepSeconds: SLICE };
      const history = await figurer.history(asked);
      const scale = Number(history?.scale);
      const points = history?.points ?? [];
      const good = points.reduce((sum, point) => sum + Number(point.good), 0) / scale;
      const total = points.reduce((sum, point) => sum + Number(point.total), 0) / scale;
      expect([sloId(of), total]).toEqual([sloId(of), expected.slices]);
      expect(good).toBeCloseTo(expected[method], 3);
      const figures = await figurer.figures({ slo: of, group: null, at: to });
      const { events } = figures?.budget ?? { events: null };
      expect(Number(events?.total) / scale).toBe(expected.slices);
      const bad = expected.slices - expected[method];
      expect(figures?.budget.budget?.consumedRatio).toBeCloseTo(bad / (0.1 * expected.slices), 3);
      const hour = figures?.burn.find(({ windowSeconds }) => windowSeconds === HOUR);
      const lately = await byHand(to - HOUR, to);
      const burnt = (lately.slices - lately[method]) / lately.slices / 0.1;
      // Below half of the hour a burn rate is not known.
      if (lately.slices < 6) expect(hour?.burnRate).toBeNull();
      else expect(hour?.burnRate).toBeCloseTo(burnt, 3);
    }
  }

  it('has the figures of its parts, through an incident of one of them', async () => {
    const start = origin + HOUR;
    const errors = incident(start + 20 * MINUTE, start + 40 * MINUTE);
    await write(prometheus.url, 'api', [origin, start + 2 * HOUR], quiet);
    await write(prometheus.url, 'shop', [origin, start + 2 * HOUR], errors);
    for (let at = start; at <= start + HOUR; at += 10 * MINUTE) {
      await ticks(at, at);
      await expectByHandSoFar(start, at);
    }
    await expectByHand(start, start + HOUR);
    await expectByHand(start, start + HOUR, definitions.over(collecting.ledger));
  }, 120_000);

  async function expectByHandSoFar(start: number, at: number): Promise<void> {
    const [stream] = (await composed.streams([revisionOf(composites.worst)])).filter(
      ({ id }) => id >= FIRST_COMPOSED,
    );
    expect(stream?.newest.at).toBe(at);
    expect(stream?.oldest.at).toBe(start);
  }

  it('is filled by the history of its parts once both are read back', async () => {
    const start = origin + 4 * HOUR;
    const errors = incident(start - 2 * HOUR, start - 90 * MINUTE);
    await write(prometheus.url, 'api', [origin, start + HOUR], quiet);
    await write(prometheus.url, 'shop', [origin, start + HOUR], errors);
    await ticks(start, start);
    await ticks(start + 10 * MINUTE, start + 10 * MINUTE);
    await expectByHand(start, start + 10 * MINUTE);
    await collecting.backfillAt(start + 10 * MINUTE + 30);
    const [part] = await collecting.streamsOf(shop);
    expect(part?.oldest.at).toBeLessThan(origin + HOUR);
    await expectByHand(origin, start + 10 * MINUTE);
    await expectByHand(origin, start + 10 * MINUTE, definitions.over(collecting.ledger));
  }, 120_000);

  it('is corrected by samples of a part that come late', async () => {
    const start = origin + HOUR;
    const late = incident(start + 10 * MINUTE, start + 60 * MINUTE);
    await write(prometheus.url, 'api', [origin, start + HOUR], quiet);
    await write(prometheus.url, 'shop', [origin, start + 10 * MINUTE], quiet);
    await ticks(start, start + 10 * MINUTE);
    await ticks(start + 40 * MINUTE, start + 40 * MINUTE);
    await expectByHand(start, start + 30 * MINUTE);
    const before = await byHand(start, start + 30 * MINUTE);
    expect(before.slices).toBe(2);
    await write(prometheus.url, 'shop', [start + 10 * MINUTE, start + HOUR], late);
    await ticks(start + 41 * MINUTE, start + 46 * MINUTE);
    const after = await byHand(start, start + 30 * MINUTE);
    expect([after.slices, after.all]).toEqual([6, 2]);
    await expectByHand(start, start + 30 * MINUTE);
    await expectByHand(start, start + 30 * MINUTE, definitions.over(collecting.ledger));
  }, 120_000);
});
