import { setTimeout as sleep } from 'node:timers/promises';
import { SystemClock } from '../../src/collection/clock';
import { Doctor } from '../../src/doctor/doctor';
import { LedgerUnavailable } from '../../src/ledger/ledger';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from '../support/datasource';
import { CASES } from '../support/doctor-cases';
import { latency, ratio } from '../support/doctor-worlds';
import { doctorOf, toldOf } from '../support/doctoring';
import { OddServers } from '../support/odd-server';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide } from '../support/remote-write';
import { sloWith } from '../support/slos';

describe('a checkup', () => {
  const odd = new OddServers();
  let prometheus: RunningPrometheus;
  let source: PrometheusSeriesSource;

  beforeAll(async () => {
    const exporter = await odd.serve((_, response) => {
      response.end('# TYPE queue_length gauge\nqueue_length 3\nprocess_start_time_seconds 1\n');
    });
    prometheus = await startPrometheus({
      config: `scrape_configs: [{ job_name: queue, scrape_interval: 1s, static_configs: [{ targets: ['${exporter.slice(7)}'] }] }]\n`,
    });
    source = new PrometheusSeriesSource([datasource(prometheus.url)]);
    await remoteWriteSideBySide(
      prometheus.url,
      CASES.flatMap(({ holds }) => holds),
    );
  }, 60_000);

  afterAll(async () => {
    odd.close();
    source.close();
    await prometheus.dispose();
  });

  it.each(CASES)(
    'of $name',
    async ({ slo, found }) => {
      const expected = found.map(([severity, check, text]) => [
        severity,
        check,
        expect.stringMatching(text) as string,
      ]);
      expect(await toldOf(sloWith(slo), doctorOf(source))).toEqual(expected);
    },
    30_000,
  );

  it('without the ledger says so and goes on', async () => {
    const streams = () => Promise.reject(new LedgerUnavailable(new Error('ECONNREFUSED')));
    const slo = sloWith({ sli: latency('fast', '0.3') });
    expect(await toldOf(slo, doctorOf(source, { streams }))).toEqual([
      ['error', 'ledger-unreachable', expect.stringMatching(/ECONNREFUSED/)],
      ['error', 'threshold-not-a-bucket', expect.any(String)],
    ]);
  });

  it('knows which alert windows hold too few scrapes', async () => {
    const slo = sloWith({ sli: ratio('good') });
    expect(await toldOf(slo, doctorOf(source, null, 120))).toEqual([
      ['warning', 'short-alert-window', expect.stringMatching(/5m, holds 2 scrapes of 2m/)],
      ['warning', 'scrape-interval-differs', expect.stringMatching(/every 15s, .* says 2m/)],
    ]);
  });

  it('asks once what several SLOs share', async () => {
    const slos = Array.from({ length: 20 }, (_, k) =>
      sloWith({ name: `s${k}`, sli: ratio('good') }),
    );
    const own = odd.sourceAt(prometheus.url);
    await doctorOf(own).checkup(slos.slice(0, 1), { deadlineSeconds: 30 });
    const alone = own.health('default').queries.success;
    await doctorOf(own).checkup(slos, { deadlineSeconds: 30 });
    expect(own.health('default').queries.success).toBe(2 * alone);
  });

  it('knows from the metadata what is no counter', async () => {
    const sli = ratio('', {
      total: 'queue_length{job="queue"}',
      part: { role: 'bad', selector: 'queue_length{job="queue"}' },
    });
    const settings = { scrapeIntervalSeconds: () => 1, ledger: null };
    const doctor = new Doctor(source, source, new SystemClock(), settings);
    while ((await source.metricTypes('default', 'queue_length')).length === 0) await sleep(100);
    expect(await toldOf(sloWith({ sli }), doctor)).toEqual([
      ['warning', 'gauge-as-counter', expect.stringMatching(/declare queue_length a gauge/)],
    ]);
  });
});
