import { join } from 'node:path';
import { Previews } from '../src/preview/previews';
import { PrometheusSeriesSource } from '../src/prometheus/prometheus-series-source';
import type { Slo } from '../src/domain/slo';
import { datasource } from '../test/support/datasource';
import { startPrometheus } from '../test/support/prometheus';
import { slo } from '../test/support/slo';
import { keptHistory } from './kept-history';
import { PREVIEW_MONTH, SCRAPE_SECONDS } from './preview-month';
import { type Measured, report } from './report';
import { median } from './statistics';

const TIMES = 5;
const MINUTE = 60;

/** How long an unsaved definition takes to be answered with its 30 days, by how its service lives. */
export async function preview(): Promise<boolean> {
  const prometheus = await startPrometheus({
    dataDir: await keptHistory(PREVIEW_MONTH),
    retention: '100y',
    flags: ['--storage.tsdb.min-block-duration=2h', '--storage.tsdb.max-block-duration=2h'],
  });
  const source = new PrometheusSeriesSource([datasource(prometheus.url)]);
  try {
    // Nothing ends a series in blocks made of text: some minutes before the end all of them are there.
    const due = PREVIEW_MONTH.end - 10 * MINUTE;
    const previews = new Previews(source, {
      scrapeIntervalSeconds: () => SCRAPE_SECONDS,
      now: () => due + MINUTE,
      due: () => due,
      deadlineSeconds: 60,
    });
    const measured: Measured[] = [];
    for (const job of PREVIEW_MONTH.jobs) {
      const times: number[] = [];
      for (let k = 0; k < TIMES; k += 1) times.push(await seconds(previews, sloOf(job)));
      measured.push({ name: NAMES[job] ?? job, value: median(times), unit: 's', target: 5 });
    }
    const file = join(__dirname, '..', 'results', 'bench-preview.json');
    return report('A preview of 30 days', measured, file);
  } finally {
    source.close();
    await prometheus.dispose();
  }
}

const NAMES: Readonly<Record<string, string>> = {
  steady: '25 pods, 50 series',
  rollouts: 'the same, four rollouts',
  restarts: 'the same, a restart per pod and day',
  endpoints: '25 groups, 50 series',
};

function sloOf(job: string): Slo {
  const selector = `http_requests_total{job="${job}"`;
  return slo({
    service: job,
    sli: {
      kind: 'ratio',
      total: `${selector}}`,
      part: { role: 'bad', selector: `${selector},code="500"}` },
    },
    groupBy: job === 'endpoints' ? ['endpoint'] : [],
  });
}

async function seconds(previews: Previews, of: Slo): Promise<number> {
  const began = performance.now();
  const [one] = await previews.of([of], new AbortController().signal);
  if (one?.kind !== 'previewed') throw new Error(`${of.service}: ${one?.reason ?? 'no preview'}`);
  return (performance.now() - began) / 1_000;
}
