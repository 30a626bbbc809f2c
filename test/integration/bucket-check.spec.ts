import { refuseUnknownBucket } from '../../src/collection/bucket-check';
import type { CounterSource } from '../../src/collection/counter-reader';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from '../support/datasource';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide } from '../support/remote-write';
import { slo } from '../support/slo';

describe('the threshold of a latency SLO', () => {
  const now = Math.floor(Date.now() / 1000);
  let prometheus: RunningPrometheus;
  let source: PrometheusSeriesSource;

  beforeAll(async () => {
    prometheus = await startPrometheus();
    source = new PrometheusSeriesSource([datasource(prometheus.url)]);
    await remoteWriteSideBySide(
      prometheus.url,
      ['0.1', '0.25', '0.50', '1e+00', '+Inf'].map((le) => ({
        labels: { __name__: 'duration_seconds_bucket', le, job: 'api' },
        samples: [[now - 60, 1]],
      })),
    );
  }, 60_000);

  afterAll(async () => {
    source.close();
    await prometheus.dispose();
  });

  function checked(
    thresholdSeconds: string,
    histogram = 'duration_seconds{job="api"}',
  ): Promise<void> {
    const at: CounterSource = { source, datasource: 'default', scrapeIntervalSeconds: 15 };
    const sli = { kind: 'latency', histogram, thresholdSeconds, native: false } as const;
    return refuseUnknownBucket(at, slo({ sli }), now);
  }

  it.each(['0.1', '0.10', '0.25', '0.5', '1'])(
    '%s s is a bucket, however it is spelled',
    async (threshold) => {
      await expect(checked(threshold)).resolves.toBeUndefined();
    },
  );

  it.each([
    ['0.3', '0.25 s or 0.5 s'],
    ['0.05', '0.1 s (the nearest'],
    ['2', 'allowed: 1 s (the nearest'],
  ])('%s s is refused, naming its neighbours', async (threshold, neighbours) => {
    await expect(checked(threshold)).rejects.toThrow(neighbours);
  });

  it('is believed while its histogram has no series', async () => {
    await expect(checked('0.3', 'other_seconds')).resolves.toBeUndefined();
  });
});
