import type { SeriesSource } from './series-source';

/** Where a counter is read. */
export interface CounterSource {
  readonly source: SeriesSource;
  readonly datasource: string;
  readonly scrapeIntervalSeconds: number;
}
