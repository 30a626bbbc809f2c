import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { datasource } from '../support/datasource';
import { ratio, requests, target } from '../support/doctor-worlds';
import { doctorOf, ledgerOf, told, toldOf } from '../support/doctoring';
import { bodyOf, OddServers } from '../support/odd-server';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide } from '../support/remote-write';
import { sloWith } from '../support/slos';

const DAY = 86_400;

describe('a checkup of a data source', () => {
  const odd = new OddServers();
  const slo = sloWith({ sli: ratio('good') });
  let prometheus: RunningPrometheus;
  let source: PrometheusSeriesSource;

  beforeAll(async () => {
    prometheus = await startPrometheus();
    source = new PrometheusSeriesSource([datasource(prometheus.url)]);
    await remoteWriteSideBySide(prometheus.url, [...target('good'), ...requests('good')]);
  }, 60_000);

  afterEach(() => {
    odd.close();
  });

  afterAll(async () => {
    source.close();
    await prometheus.dispose();
  });
  it('that does not answer tells so once, and leaves its SLOs', async () => {
    const away = odd.sourceAt('http://127.0.0.1:9', {}, { maxTries: 1 });
    const checkup = await doctorOf(away).checkup([slo, slo], { deadlineSeconds: 30 });
    expect(told(checkup.findings)).toEqual([
      ['error', 'source-unreachable', expect.stringMatching(/default.*ECONNREFUSED|refused/)],
    ]);
    expect(checkup.unfinished).toEqual([slo, slo]);
  });

  it('that wants credentials says which are looked at', async () => {
    const { url } = await odd.answering({ status: 401, body: 'no' });
    expect(await toldOf(slo, doctorOf(odd.sourceAt(url)))).toEqual([
      ['error', 'source-refuses', expect.stringMatching(/answered 401.*bearerTokenFile/)],
    ]);
  });

  it('that is not configured names those that are', async () => {
    expect(await toldOf(sloWith({ datasource: 'other' }), doctorOf(source))).toEqual([
      ['error', 'source-unreachable', expect.stringMatching(/other is not .* allowed: default/)],
    ]);
  });

  it('whose clock is off tells by how much', async () => {
    const skewed = odd.sourceAt(prometheus.url, {}, {}, () => Date.now() / 1000 - 30);
    expect(await toldOf(slo, doctorOf(skewed))).toEqual([
      ['warning', 'clock-skew', expect.stringMatching(/(29|30)\.\d s ahead of ours/)],
    ]);
  });

  it('that hangs is not waited for when time is up', async () => {
    const hanging = await odd.serve((request) => void request.resume());
    const checkup = await doctorOf(odd.sourceAt(hanging)).checkup([slo], {
      deadlineSeconds: 0.2,
    });
    expect(told(checkup.findings)).toEqual([
      ['error', 'source-unreachable', expect.stringMatching(/no answer in the time/)],
    ]);
    expect(checkup.unfinished).toEqual([slo]);
  });

  it('that refuses one question for its size is asked the others', async () => {
    const small = await startPrometheus({ flags: ['--query.max-samples=20'] });
    try {
      await remoteWriteSideBySide(small.url, [...target('good'), ...requests('good')]);
      const found = await toldOf(slo, doctorOf(odd.sourceAt(small.url)));
      expect(found).toEqual([
        ['warning', 'check-not-done', expect.stringMatching(/too many samples/)],
      ]);
    } finally {
      await small.dispose();
    }
  }, 30_000);

  it('that keeps less than the SLO window tells so until the ledger holds it', async () => {
    const short = await startPrometheus({ retention: '15d' });
    try {
      await remoteWriteSideBySide(short.url, [...target('good'), ...requests('good')]);
      const own = odd.sourceAt(short.url);
      expect(await toldOf(slo, doctorOf(own))).toEqual([
        ['warning', 'retention-too-short', expect.stringMatching(/keeps 15d, .* allowed: 30d/)],
      ]);
      expect(await toldOf(slo, doctorOf(own, ledgerOf(slo, 20 * DAY)))).toHaveLength(1);
      expect(await toldOf(slo, doctorOf(own, ledgerOf(slo, 30 * DAY)))).toEqual([]);
      expect(
        await toldOf(
          sloWith({
            ...slo,
            objective: '0.99',
            window: { kind: 'rolling', seconds: 7 * 86_400 },
          }),
          doctorOf(own),
        ),
      ).toEqual([]);
    } finally {
      await short.dispose();
    }
  }, 30_000);

  it('that does not tell what it keeps is asked for its oldest samples', async () => {
    const silent = odd.sourceAt(await withoutFacts());
    expect(await toldOf(slo, doctorOf(silent))).toEqual([
      [
        'warning',
        'retention-too-short',
        expect.stringMatching(/oldest samples .* are less than 1d old/),
      ],
    ]);
    expect(silent.health('default')).toMatchObject({ up: true, error: null });
  });

  /** As VictoriaMetrics answers: metadata of nothing, and no runtime information. */
  function withoutFacts(): Promise<string> {
    return odd.serve((request, response) => {
      void (async () => {
        if (request.url?.includes('runtimeinfo') === true) {
          response.writeHead(400).end('unsupported path requested');
          return;
        }
        const answer = await fetch(`${prometheus.url}${request.url ?? ''}`, {
          method: request.method ?? 'GET',
          ...(request.method === 'POST' && { body: await bodyOf(request) }),
        });
        response.end(await answer.text());
      })();
    });
  }
});
