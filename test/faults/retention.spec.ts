import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standingAt } from '../support/accelerated-clock';
import { everyStep, fillDataDir } from '../support/history';
import type { MetricFamily, SampledSeries } from '../support/openmetrics';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { eventually } from '../support/service-ledger';
import { seeded } from './random';
import { Play } from './stage';

jest.setTimeout(200_000);

const DAY = 86_400;
const SCRAPE = 60;
const PIECE_DAYS = 5;
const KEPT_DAYS = 15;
const DAY_0 = Date.UTC(2026, 1, 1) / 1000;
const SPEED = 240;

const SLOS = `apiVersion: slowburn/v1
service: petswipe
slos:
  - name: swipes
    objective: 99.9%
    window: 30d
    sli: { ratio: { total: 'http_requests_total{job="petswipe"}', bad: 'http_requests_total{job="petswipe",status="500"}' } }
  - name: up
    objective: 99.9%
    window: 30d
    sli: { availability: { up: 'up{job="petswipe"}', instances: any } }
`;
const SLO_NAMES = ['swipes', 'up'];

describe('a Prometheus that keeps 15 days', () => {
  let postgres: PostgresServer;
  let home: string;
  const servers: RunningPrometheus[] = [];
  const plays: Play[] = [];
  beforeAll(async () => {
    postgres = await startPostgres();
    home = await mkdtemp(join(tmpdir(), 'slowburn-retention-'));
    await writeFile(join(home, 'slos.yaml'), SLOS);
  });
  afterAll(async () => {
    for (const play of plays) await play.end();
    for (const server of servers) await server.dispose();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  });

  const prometheus = async (name: string, retention: string): Promise<RunningPrometheus> => {
    const server = await startPrometheus({ dataDir: join(home, name), retention });
    servers.push(server);
    return server;
  };
  const playOn = async (server: RunningPrometheus): Promise<Play> => {
    const play = new Play({
      DATABASE_URL: await freshDatabase(postgres),
      PROMETHEUS_URL: server.url,
      SCRAPE_INTERVAL: `${SCRAPE}s`,
      SLO_DIR: home,
    });
    plays.push(play);
    return play;
  };
  const figures = async (play: Play, at: number) => {
    const service = await play.start(standingAt(at, SPEED));
    await play.caughtUp(at);
    await eventually(
      'it is ready',
      async () => (await service.get('/health/ready')).status,
      (status) => status === 200,
    );
    await eventually(
      'the history is read as far as it goes',
      () => play.ledger.streams(),
      (streams) => streams.every(({ backfilledTo }) => backfilledTo <= at - 30 * DAY),
    );
    const asked = await Promise.all(
      SLO_NAMES.map((name) =>
        eventually(
          `figures of ${name}`,
          () => service.json<Figures>(`/api/v1/slos/petswipe/${name}/budget`),
          ({ coverage }) => coverage.ratio === 1,
        ),
      ),
    );
    await service.stop();
    return asked;
  };

  it('leaves on day 30 the budget of one that kept everything', async () => {
    const short = await prometheus('short', `${KEPT_DAYS}d`);
    const play = await playOn(short);
    const service = await play.start(standingAt(DAY_0 + 90, SPEED));
    for (let day = PIECE_DAYS; day <= 30; day += PIECE_DAYS) {
      await short.stop();
      await fillDataDir(short.dataDir, petswipe(day - PIECE_DAYS, day));
      await short.restart();
      await service.follow(standingAt(DAY_0 + day * DAY + 90, SPEED));
      await play.caughtUp(DAY_0 + day * DAY + 90);
    }
    await service.stop();
    expect(await samplesOn(short, 10)).toBe(0);
    expect(await samplesOn(short, 20)).toBeGreaterThan(0);

    const long = await prometheus('long', '400d');
    await long.stop();
    await fillDataDir(long.dataDir, petswipe(0, 30));
    await long.restart();
    expect(await samplesOn(long, 10)).toBeGreaterThan(0);

    const day30 = DAY_0 + 30 * DAY + 90;
    const kept = await figures(await playOn(long), day30);
    expect(await figures(play, day30)).toEqual(kept);
    const [swipes, up] = kept;
    expect(swipes?.events.total).toBeGreaterThan(1_000_000);
    expect(swipes?.budget.consumedRatio).toBeGreaterThan(0.5);
    expect(up?.events.bad).toBe(1_800);
  });
});

interface Figures {
  readonly events: { readonly good: number; readonly bad: number; readonly total: number };
  readonly budget: { readonly consumedRatio: number };
  readonly coverage: { readonly ratio: number };
}

async function samplesOn(server: RunningPrometheus, day: number): Promise<number> {
  const query = encodeURIComponent('count(up)');
  const answer = await fetch(`${server.url}/api/v1/query?query=${query}&time=${DAY_0 + day * DAY}`);
  const { data } = (await answer.json()) as { readonly data: { readonly result: unknown[] } };
  return data.result.length;
}

/** Two pods that restart every few days, an error now and then, and half an hour of nobody on day 8. */
function petswipe(fromDay: number, toDay: number): MetricFamily[] {
  const [from, to] = [fromDay * DAY, toDay * DAY + 120];
  // Blocks must not overlap, and the first scrapes of a piece are the last ones of the piece before.
  const first = fromDay === 0 ? 0 : from + 180;
  const within = ({ name, labels, samples }: SampledSeries): SampledSeries => ({
    name,
    labels,
    samples: [...samples].filter(([at]) => at >= DAY_0 + first && at <= DAY_0 + to),
  });
  const pods = ['a', 'b'].map((pod, k) => ({
    labels: { job: 'petswipe', instance: `${pod}:80` },
    k,
  }));
  return [
    {
      name: 'up',
      type: 'gauge',
      series: pods.map(({ labels }) =>
        within({ name: 'up', labels, samples: scrapes((at) => Number(!down(at))) }),
      ),
    },
    {
      name: 'process_start_time_seconds',
      type: 'gauge',
      series: pods.map(({ labels, k }) =>
        within({
          name: 'process_start_time_seconds',
          labels,
          samples: scrapes((at) => (down(at) ? null : DAY_0 + startOf(at, k))),
        }),
      ),
    },
    {
      name: 'http_requests',
      type: 'counter',
      series: pods.flatMap(({ labels, k }) => [
        within(counter({ ...labels, status: '200' }, k, 40)),
        within(counter({ ...labels, status: '500' }, k, 0.1)),
      ]),
    },
  ];
}

const scrapes = (valueAt: (at: number) => number | null) =>
  everyStep(DAY_0, DAY_0 + 30 * DAY + 120, SCRAPE, (at) => valueAt(at - DAY_0));

const down = (at: number): boolean => at > 8 * DAY + 3600 && at <= 8 * DAY + 3600 + 1_800;

/** Each pod starts again every three days and some hours, and after the half hour. */
function startOf(at: number, pod: number): number {
  const every = 3 * DAY + 7 * 3600 + pod * 1_260;
  const regular = Math.floor(at / every) * every - 30;
  const after = 8 * DAY + 3600 + 1_800;
  return at > after ? Math.max(regular, after) : regular;
}

function counter(
  labels: Readonly<Record<string, string>>,
  pod: number,
  mean: number,
): SampledSeries {
  const random = seeded(pod * 1_000 + Math.round(mean * 10));
  let [value, start] = [0, 0];
  return {
    name: 'http_requests_total',
    labels,
    samples: scrapes((at) => {
      if (down(at)) return null;
      if (startOf(at, pod) !== start) [value, start] = [0, startOf(at, pod)];
      value += Math.floor(mean * 2 * random() + random());
      return value;
    }),
  };
}
