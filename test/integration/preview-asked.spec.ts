import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { authoringProblem } from '../../src/authoring/refusals';
import { preview } from '../../src/cli/preview';
import { SeriesSource, SourceFailure } from '../../src/collection/series-source';
import { problem } from '../../src/http/problem';
import { PreviewController } from '../../src/preview/preview.controller';
import type { PreviewView } from '../../src/preview/preview-view-types';
import { Previews } from '../../src/preview/previews';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from '../support/datasource';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import { type RunningHttpApp, startHttpApp, until } from '../support/http-app';
import type { RunningPrometheus } from '../support/prometheus';

const DAY = 86_400;
const SCRAPE = 60;
/** On the five-minute grid, on which windows of thirty days begin. */
const due = Math.floor(Date.now() / 1000 / 300) * 300 - 300;

const DEFINITION = `
apiVersion: slowburn/v1
service: shop
slos:
  - name: api-errors
    objective: 99%
    sli:
      ratio:
        total: http_requests_total{job="shop"}
        bad: http_requests_total{job="shop",status="500"}
`;

/** Everything fails for six hours, twenty days ago, and nothing ever else. */
function history() {
  const outage = (at: number) => at > due - 20 * DAY && at <= due - 20 * DAY + 6 * 3_600;
  const from = due - 30 * DAY - 3_600;
  const counter = (status: string, each: (at: number) => number) => {
    let value = 0;
    return {
      name: 'http_requests_total',
      labels: { job: 'shop', instance: 'a:80', status },
      samples: everyStep(from, due + 60, SCRAPE, (at) => (value += each(at))),
    };
  };
  const gauge = (name: string, value: number) => ({
    name,
    type: 'gauge' as const,
    series: [
      {
        name,
        labels: { job: 'shop', instance: 'a:80' },
        samples: everyStep(from, due + 60, SCRAPE, () => value),
      },
    ],
  });
  const requests = [
    counter('200', (at) => (outage(at) ? 0 : 60)),
    counter('500', (at) => (outage(at) ? 60 : 0)),
  ];
  return [
    { name: 'http_requests', type: 'counter' as const, series: requests },
    gauge('up', 1),
    gauge('process_start_time_seconds', from - DAY),
  ];
}

describe('a preview that is asked for', () => {
  let prometheus: RunningPrometheus;
  let source: PrometheusSeriesSource;
  let app: RunningHttpApp;

  beforeAll(async () => {
    prometheus = await startPrometheusWithHistory(history());
    source = new PrometheusSeriesSource([
      datasource(prometheus.url, { scrapeIntervalSeconds: SCRAPE }),
    ]);
    app = await serve(source);
  }, 120_000);

  afterAll(async () => {
    await app.close();
    source.close();
    await prometheus.dispose();
  });

  const post = (body: string, type = 'application/yaml', url = app.url): Promise<Response> =>
    fetch(`${url}/api/v1/definitions/preview`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });

  describe('over REST', () => {
    it('tells budget, burn and the alerts that would have fired', async () => {
      const answer = await post(DEFINITION);
      expect(answer.status).toBe(200);
      const { items, warnings } = (await answer.json()) as PreviewView;
      expect(warnings).toEqual([]);
      expect(items).toHaveLength(1);
      const [group] = items[0]?.groups ?? [];
      // Six hours of thirty days are 1 / 120 of the requests.
      expect(group?.figures).toMatchObject({
        slo: 'shop/api-errors',
        group: null,
        events: { bad: 21_600, total: 2_592_000 },
        coverage: { ratio: 1 },
      });
      expect(group?.figures.budget.remainingRatio).toBeCloseTo(1 - 21_600 / 25_920, 12);
      expect(group?.alerts.pages).toMatchObject({ count: 1 });
      expect(group?.alerts.tiers.map(({ long, count }) => [long, count])).toEqual([
        ['1h', 1],
        ['6h', 1],
        ['1d', 1],
        ['3d', 1],
      ]);
      expect(group?.strictestObjective).toMatchObject({ objective: '0.99166', reason: null });
      expect(group?.history.points).toHaveLength(180);
      expect(Math.max(...(group?.history.points ?? []).map((p) => p.burnRate ?? 0))).toBe(100);
    }, 60_000);

    it('refuses bad definitions with every place', async () => {
      const answer = await post(DEFINITION.replace('99%', '100%'));
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({
        errors: [{ field: 'slos[0].objective', value: '100%', line: 6 }],
      });
    });

    it('refuses more SLOs than it can read at once', async () => {
      const [head = '', one = ''] = DEFINITION.split('slos:\n');
      const many = Array.from({ length: 21 }, (_, k) => one.replace('api-errors', `errors-${k}`));
      const answer = await post(`${head}slos:\n${many.join('')}`);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('up to 20 SLOs at once');
    });

    it('refuses what is no definition text', async () => {
      expect((await post(DEFINITION, 'text/csv')).status).toBe(415);
    });

    it('says that the source is away', async () => {
      const away = new PrometheusSeriesSource([datasource('http://127.0.0.1:9')], { maxTries: 1 });
      const lonely = await serve(away);
      const answer = await post(DEFINITION, 'application/yaml', lonely.url);
      expect(answer.status).toBe(502);
      expect(await answer.text()).toContain('data source default');
      await lonely.close();
      away.close();
    });

    it('turns a third one away for a while, and ends those whose askers went', async () => {
      let ended = 0;
      const silent = createServer((request) => {
        request.socket.once('close', () => (ended += 1));
      });
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { port } = silent.address() as AddressInfo;
      const slow = new PrometheusSeriesSource([datasource(`http://127.0.0.1:${port}`)]);
      const full = await serve(slow);
      const leaving = new AbortController();
      const asked = [1, 2].map(() =>
        fetch(`${full.url}/api/v1/definitions/preview`, {
          method: 'POST',
          headers: { 'content-type': 'application/yaml' },
          body: DEFINITION,
          signal: leaving.signal,
        }),
      );
      const settled = Promise.allSettled(asked);
      await until(() => full.previews.busy);
      const third = await post(DEFINITION, 'application/yaml', full.url);
      expect(third.status).toBe(429);
      expect(third.headers.get('retry-after')).toBe('5');
      leaving.abort();
      await settled;
      await until(() => !full.previews.busy && ended > 0);
      expect(slow.health('default').queries.unavailable).toBe(0);
      await full.close();
      slow.close();
      silent.closeAllConnections();
      await new Promise((resolve) => silent.close(resolve));
    }, 30_000);
  });

  describe('on the command line', () => {
    let directory: string;
    let printed: string[];

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'slowburn-preview-'));
      printed = [];
      jest.spyOn(console, 'log').mockImplementation((text) => void printed.push(String(text)));
      jest.spyOn(console, 'error').mockImplementation((text) => void printed.push(String(text)));
      process.env['PROMETHEUS_URL'] = prometheus.url;
      process.env['SCRAPE_INTERVAL'] = `${SCRAPE}s`;
    });

    afterEach(async () => {
      jest.restoreAllMocks();
      delete process.env['PROMETHEUS_URL'];
      delete process.env['SCRAPE_INTERVAL'];
      await rm(directory, { recursive: true });
    });

    const written = async (text: string): Promise<string> => {
      const file = join(directory, 'slos.yaml');
      await writeFile(file, text);
      return file;
    };

    it('is a table, and a sentence about the page', async () => {
      expect(await preview([await written(DEFINITION)], {})).toBe(0);
      const text = printed.join('\n');
      expect(text).toMatch(/shop +api-errors +99 % +99\.16\d* % .* 16\.\d %/);
      expect(text).toContain('shop/api-errors: someone would have been paged once (1.0 a month)');
    }, 60_000);

    it('is JSON of the same form as over REST', async () => {
      expect(await preview([await written(DEFINITION)], { json: true })).toBe(0);
      const { items, problems } = JSON.parse(printed.join('')) as {
        items: PreviewView['items'];
        problems: unknown;
      };
      expect(problems).toEqual([]);
      expect(items[0]?.groups[0]?.alerts.pages.count).toBe(1);
    }, 60_000);

    it('answers 1 for a definition that is refused', async () => {
      expect(await preview([await written(DEFINITION.replace('99%', '100%'))], {})).toBe(1);
      expect(printed.join()).toContain('slos.yaml:6');
    });

    it('could not run without the source', async () => {
      process.env['PROMETHEUS_URL'] = 'http://127.0.0.1:9';
      const asked = preview([await written(DEFINITION)], {});
      await expect(asked).rejects.toThrow('data source default');
    }, 60_000);
  });
});

async function serve(of: PrometheusSeriesSource): Promise<RunningHttpApp & { previews: Previews }> {
  const previews = new Previews(of, {
    scrapeIntervalSeconds: () => SCRAPE,
    now: () => due + 40,
    due: () => due,
    deadlineSeconds: 60,
  });
  @Module({
    controllers: [PreviewController],
    providers: [
      { provide: Previews, useValue: previews },
      { provide: SeriesSource, useValue: of },
    ],
  })
  class OnlyPreviews {}
  const problems = [
    authoringProblem,
    (error: unknown) => (error instanceof SourceFailure ? problem(502, error.message) : null),
  ];
  return { ...(await startHttpApp(OnlyPreviews, { problems })), previews };
}
