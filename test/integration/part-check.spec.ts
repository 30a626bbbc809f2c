import type { CounterSource } from '../../src/collection/counter-reader';
import { doubtfulPart } from '../../src/collection/part-check';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from '../support/datasource';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide } from '../support/remote-write';
import { slo } from '../support/slo';

describe('the bad selector of a ratio', () => {
  const now = Math.floor(Date.now() / 1000);
  let prometheus: RunningPrometheus;
  let source: PrometheusSeriesSource;

  beforeAll(async () => {
    prometheus = await startPrometheus();
    source = new PrometheusSeriesSource([datasource(prometheus.url)]);
    await remoteWriteSideBySide(
      prometheus.url,
      ['200', '500'].map((status) => ({
        labels: { __name__: 'http_requests_total', job: 'api', status },
        samples: [[now - 60, 1]],
      })),
    );
  }, 60_000);

  afterAll(async () => {
    source.close();
    await prometheus.dispose();
  });

  function doubt(
    selector: string,
    total = 'http_requests_total{job="api"}',
  ): Promise<string | null> {
    const at: CounterSource = { source, datasource: 'default', scrapeIntervalSeconds: 15 };
    const part = { role: 'bad', selector } as const;
    return doubtfulPart(at, slo({ sli: { kind: 'ratio', total, part } }), now);
  }

  it('is beyond doubt where it has series', async () => {
    expect(await doubt('http_requests_total{job="api",status=~"5.."}')).toBeNull();
  });

  it('is told of a label that no series of the total has, with those there are', async () => {
    expect(await doubt('http_requests_total{job="api",code=~"5.."}')).toContain(
      'have no label code, allowed: job, status',
    );
  });

  it('is asked about where it may not have happened yet', async () => {
    expect(await doubt('http_requests_total{job="api",status="503"}')).toContain(
      'not happened yet?',
    );
    expect(await doubt('http_errors_total{job="api"}')).toContain('not happened yet?');
  });

  it('is left alone while the total has no series either', async () => {
    expect(await doubt('nothing_total{code="5"}', 'nothing_total')).toBeNull();
  });
});
