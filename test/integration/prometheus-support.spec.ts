import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everyStep, startPrometheusWithHistory } from '../support/history';
import { writeOpenMetrics } from '../support/openmetrics';
import { startPrometheus } from '../support/prometheus';
import type { RunningPrometheus } from '../support/prometheus';

const START = 1_760_000_000;

describe('a real Prometheus with a made history', () => {
  let prometheus: RunningPrometheus;

  beforeAll(async () => {
    prometheus = await startPrometheusWithHistory([
      {
        name: 'http_requests',
        type: 'counter',
        series: [
          {
            name: 'http_requests_total',
            labels: { job: 'api', path: 'a "quoted" \\ path\nof two lines' },
            samples: everyStep(START, START + 30 * 86_400, 300, (_, index) => index * 10),
          },
        ],
      },
      {
        name: 'latency_seconds',
        type: 'histogram',
        series: [
          {
            name: 'latency_seconds_bucket',
            labels: { le: '+Inf' },
            samples: [[START, 7]],
          },
          { name: 'latency_seconds_count', labels: {}, samples: [[START, 7]] },
        ],
      },
    ]);
  }, 60_000);

  afterAll(() => prometheus.dispose());

  async function ask(query: string, at: number): Promise<unknown> {
    const body = new URLSearchParams({ query, time: String(at) });
    const answer = await fetch(`${prometheus.url}/api/v1/query`, { method: 'POST', body });
    return answer.json();
  }

  it('answers with the written values at both ends of thirty days, labels intact', async () => {
    const labels = {
      __name__: 'http_requests_total',
      job: 'api',
      path: 'a "quoted" \\ path\nof two lines',
    };
    expect(await ask('http_requests_total', START)).toMatchObject({
      data: { result: [{ metric: labels, value: [START, '0'] }] },
    });
    const end = START + 30 * 86_400;
    expect(await ask('http_requests_total', end)).toMatchObject({
      data: { result: [{ metric: labels, value: [end, '86400'] }] },
    });
  });

  it('keeps the parts of a histogram', async () => {
    expect(await ask('latency_seconds_bucket', START)).toMatchObject({
      data: { result: [{ metric: { le: '+Inf' }, value: [START, '7'] }] },
    });
  });

  it('comes back on the same address with its data after a kill', async () => {
    await prometheus.kill();
    await expect(fetch(`${prometheus.url}/-/ready`)).rejects.toThrow();
    await prometheus.restart();
    expect(await ask('http_requests_total', START)).toMatchObject({
      data: { result: [{ value: [START, '0'] }] },
    });
  }, 60_000);
});

describe('what is refused', () => {
  it('says why a Prometheus did not start', async () => {
    await expect(startPrometheus({ config: 'scrape_configs: 5\n' })).rejects.toThrow(
      /Error loading config/,
    );
  });

  it.each([
    [
      'time that falls',
      [
        [2, 1],
        [1, 2],
      ] as const,
      'x_total',
      /sample at 1 after 2/,
    ],
    [
      'a counter without its suffix',
      [[1, 1]] as const,
      'x',
      /counter family x holds x, allowed: x_total/,
    ],
  ])('writes no file with %s', async (_, samples, name, message) => {
    const dir = await mkdtemp(join(tmpdir(), 'slowburn-openmetrics-'));
    try {
      const file = join(dir, 'out.om');
      await expect(
        writeOpenMetrics(file, [
          { name: 'x', type: 'counter', series: [{ name, labels: {}, samples }] },
        ]),
      ).rejects.toThrow(message);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('ends the text as OpenMetrics wants it', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'slowburn-openmetrics-'));
    try {
      const file = join(dir, 'out.om');
      const samples = [
        [1, NaN],
        [1.5, Infinity],
      ] as const;
      await writeOpenMetrics(file, [
        { name: 'g', type: 'gauge', series: [{ name: 'g', labels: {}, samples }] },
      ]);
      expect(await readFile(file, 'utf8')).toBe('# TYPE g gauge\ng NaN 1\ng +Inf 1.5\n# EOF\n');
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
