import type { Pod } from './pod';
import { seriesText } from './series';

export const TEXT_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What a scrape of a pod sees, in the Prometheus text format; a series not yet born is absent. */
export function exposition(pod: Pod): string {
  let text = '';
  let family = '';
  pod.series.forEach((series, index) => {
    const value = pod.values[index] ?? Number.NaN;
    if (Number.isNaN(value)) return;
    if (series.family !== family) {
      family = series.family;
      text += `# TYPE ${family} ${series.type}\n`;
    }
    text += `${seriesText(series.name, series.labels)} ${value}\n`;
  });
  return text;
}
