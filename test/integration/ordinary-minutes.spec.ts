import { BlockReader } from '../../src/collection/block-reader';
import type { CounterSource } from '../../src/collection/counter-reader';
import { OrdinaryReader } from '../../src/collection/ordinary-reader';
import { readSli } from '../../src/collection/sli-reader';
import { groupSteps, type SliReading } from '../../src/collection/sli-reading';
import type { Steps } from '../../src/collection/steps';
import { PrometheusSeriesSource } from '../../src/prometheus/prometheus-series-source';
import { planHistory } from '../../src/promql/history-plan';
import { planLive } from '../../src/promql/live-plan';
import { simulateFleet } from '../support/counting-truth';
import { datasource } from '../support/datasource';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide } from '../support/remote-write';
import { slo } from '../support/slo';

const HOUR = 3_600;
const HOURS = 5;
/** Whole hours ago, so that nothing of it lies ahead of the server's clock. */
const from = Math.floor(Date.now() / 1000 / HOUR) * HOUR - (HOURS + 1) * HOUR;

/**
 * The short ways around the counting expression, raw samples and whole blocks, must say what the
 * expression says wherever they dare to say anything, and must dare often enough to be worth it.
 */
describe('a fleet that restarts, loses scrapes and is replaced', () => {
  const errors = slo();
  const uptime = slo({
    name: 'uptime',
    sli: { kind: 'availability', up: 'up{job="api"}', instances: 'average' },
  });
  const byPod = slo({ name: 'by-pod', groupBy: ['instance'] });
  let prometheus: RunningPrometheus;
  let source: PrometheusSeriesSource;
  let at: CounterSource;

  beforeAll(async () => {
    const fleet = simulateFleet({
      seed: 11,
      from,
      hours: HOURS,
      pods: 6,
      scrapeSeconds: 15,
      restartsPerHour: 0.1,
      failedScrapeOneIn: 3_000,
      rolloutSeconds: 9_000,
      gap: [from + 3 * HOUR + 310, from + 3 * HOUR + 1_000],
      lateFrom: null,
      errorShare: 0.01,
    });
    prometheus = await startPrometheus();
    await remoteWriteSideBySide(prometheus.url, fleet.series);
    source = new PrometheusSeriesSource([datasource(prometheus.url)]);
    at = { source, datasource: 'default', scrapeIntervalSeconds: 15 };
  }, 60_000);

  afterAll(async () => {
    source.close();
    await prometheus.dispose();
  }, 30_000);

  it('is read from raw samples as by the expression, in most of its minutes', async () => {
    const slos = [errors, uptime, byPod];
    const read = { ordinary: 0, all: 0 };
    for (let start = from + HOUR; start < from + 4 * HOUR; start += 300) {
      const steps = { from: start, to: start + 120, stepSeconds: 60 };
      const reader = new OrdinaryReader(at, planLive(slos));
      await reader.ask(steps.from, steps.to, steps.to + 30);
      for (const each of slos) {
        const scale = each === uptime ? 1_000n : 1n;
        const verdict = reader.verdict({ slo: each, scale, ...steps, isNew: true, hasGroup });
        read.all += 1;
        if (verdict.kind !== 'read') continue;
        read.ordinary += 1;
        expect(countsOf(verdict.reading)).toEqual(
          countsOf(
            await readSli(at, each, verdict.reading.steps, scale, verdict.reading.steps.from),
          ),
        );
      }
    }
    expect(read.all).toBeGreaterThan(100);
    expect(read.ordinary).toBeGreaterThan(read.all / 2);
    expect(read.ordinary).toBeLessThan(read.all);
  }, 120_000);

  it('has blocks of history that say what the expression says, and blocks that say nothing', async () => {
    const slos = [errors, byPod];
    const piece: Steps = { from: from + 600, to: from + 4 * HOUR + 1_500, stepSeconds: 300 };
    const reader = new BlockReader(at, planHistory(slos), piece);
    await reader.ask();
    const read = { ordinary: 0, all: 0 };
    for (const each of slos) {
      for (const [k, usual] of reader.ordinary(each).entries()) {
        const block = reader.blocks[k];
        read.all += 1;
        if (!usual || block === undefined) continue;
        read.ordinary += 1;
        expect(countsOf(reader.reading(each, 1n, block))).toEqual(
          countsOf(await readSli(at, each, block, 1n, block.from)),
        );
      }
    }
    expect(read.ordinary).toBeGreaterThan(1);
    expect(read.ordinary).toBeLessThan(read.all);
  }, 120_000);
});

const hasGroup = () => true;

/** Steps by group as they would be written; groups without events or series are the same. */
function countsOf(reading: SliReading) {
  const groups = [...reading.groups]
    .map(([key, group]) => [key, groupSteps(reading, group)] as const)
    .filter(([, steps]) => steps.some(({ total }) => total > 0n));
  return { steps: reading.steps, groups: Object.fromEntries(groups) };
}
