import { checkAgainstSource } from '../../src/doctor/at-save';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { type AuthoringApp, startAuthoringApp } from '../support/authoring-app';
import { datasource } from '../support/datasource';
import { now, requests, target } from '../support/doctor-worlds';
import { doctorOf } from '../support/doctoring';
import { migratedDatabase } from '../support/ledger-database';
import { type PostgresServer, startPostgres } from '../support/postgres';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide } from '../support/remote-write';

const GOOD = 'http_requests_total{job="good"}';
const BAD = 'http_requests_total{job="good",code=~"5.."}';

function document(total: string, bad: string, more: readonly string[] = []): string {
  return [
    'apiVersion: slowburn/v1',
    'service: shop',
    'slos:',
    '  - name: errors',
    '    objective: 99.9%',
    '    sli:',
    '      ratio:',
    `        total: '${total}'`,
    `        bad: '${bad}'`,
    ...more,
  ].join('\n');
}

describe('a definition that is saved', () => {
  let postgres: PostgresServer;
  let prometheus: RunningPrometheus;
  let source: PrometheusSeriesSource;
  let app: AuthoringApp;

  beforeAll(async () => {
    [postgres, prometheus] = await Promise.all([startPostgres(), startPrometheus()]);
    await remoteWriteSideBySide(prometheus.url, [...target('good'), ...requests('good')]);
    source = new PrometheusSeriesSource([datasource(prometheus.url)], { maxTries: 1 });
    const doctor = doctorOf(source);
    const database = await migratedDatabase(postgres);
    app = await startAuthoringApp(
      database,
      () => now,
      (text, slos) => checkAgainstSource(text, slos, doctor),
    );
  }, 120_000);

  afterAll(async () => {
    await app.close();
    source.close();
    await prometheus.dispose();
    await postgres.stop();
  });

  it('is refused with the place of what the source has against it', async () => {
    const answer = await app.ask('POST', '/apply', document(BAD, GOOD));
    expect(answer.status).toBe(422);
    expect(answer.json['errors']).toEqual([
      expect.objectContaining({
        field: 'slos[0].sli.ratio.bad',
        value: GOOD,
        line: 9,
        column: 14,
        message: expect.stringMatching(/^shop\/errors: in the last 1d about \d+ bad/) as string,
      }),
    ]);
    expect((await app.ask('GET', '/shop/errors')).status).toBe(404);
  });

  it('comes back with a warning of what may be a slip', async () => {
    const never = 'http_requests_total{job="good",code="503"}';
    const answer = await app.ask('POST', '/apply', document(GOOD, never));
    expect(answer.status).toBe(200);
    expect(answer.json['warnings']).toEqual([
      expect.objectContaining({
        path: 'slos[0].sli.ratio.bad',
        message: expect.stringMatching(/no series matched bad/) as string,
      }),
    ]);
  });

  it('is told the same when it is only validated', async () => {
    const answer = await app.ask('POST', '/validate', document(GOOD, BAD, ['    groupBy: [nope]']));
    expect(answer.json).toMatchObject({
      valid: false,
      problems: [{ severity: 'error', path: 'slos[0].groupBy', line: 10 }],
    });
  });

  it('is saved without a word where nothing is wrong', async () => {
    const answer = await app.ask('POST', '/apply', document(GOOD, BAD));
    expect([answer.status, answer.json['warnings']]).toEqual([200, []]);
  });

  it('is saved with a warning while its source cannot be asked', async () => {
    await prometheus.stop();
    try {
      const answer = await app.ask('POST', '/apply', document(BAD, GOOD));
      expect(answer.status).toBe(200);
      expect(answer.json['warnings']).toEqual([
        expect.objectContaining({
          severity: 'warning',
          message: expect.stringMatching(/data source default: .*not looked at/) as string,
        }),
      ]);
    } finally {
      await prometheus.restart();
    }
  }, 60_000);
});
