import { everyStep, startPrometheusWithHistory } from '../support/history';
import type { MetricFamily } from '../support/openmetrics';

const HOUR = 3_600;

/** A Prometheus that has kept what a page of metrics says for some whole hours, up to now. */
export async function keptForHours(
  page: string,
  ...metrics: readonly string[]
): Promise<{ ask(query: string): Promise<readonly number[]>; dispose(): Promise<void> }> {
  const now = Math.floor(Date.now() / 1000);
  const prometheus = await startPrometheusWithHistory(
    metrics.map((metric) => family(page, metric, now)),
  );
  return {
    ask: async (query) => {
      const path = `query?${new URLSearchParams({ query, time: String(now) }).toString()}`;
      const answer = await fetch(`${prometheus.url}/api/v1/${path}`);
      if (!answer.ok) throw new Error(`${query}: ${await answer.text()}`);
      const { data } = (await answer.json()) as Answer;
      return data.result.map(({ value: [, text] }) => Number(text));
    },
    dispose: () => prometheus.dispose(),
  };
}

interface Answer {
  readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
}

function family(page: string, metric: string, now: number): MetricFamily {
  const from = Math.floor(now / HOUR) * HOUR - 3 * HOUR;
  const lines = page.split('\n').filter((line) => line.startsWith(`${metric}{`));
  return {
    name: metric,
    type: 'gauge',
    series: lines.map((line) => {
      const end = line.lastIndexOf('} ');
      const labels = [...line.slice(metric.length + 1, end).matchAll(/(\w+)="([^"]*)"/g)];
      const value = Number(line.slice(end + 2));
      return {
        name: metric,
        labels: Object.fromEntries(labels.map(([, name = '', text = '']) => [name, text])),
        samples: everyStep(from, now, 60, () => value),
      };
    }),
  };
}
