/** What a source says of itself rather than of its series. */
export abstract class SourceFacts {
  /** How long it keeps samples; null where it does not say, as VictoriaMetrics, or keeps by size only. */
  abstract retentionSeconds(datasource: string): Promise<number | null>;

  /** Types its targets declare for a metric: `counter`, `gauge`, …; empty where nothing is known. */
  abstract metricTypes(datasource: string, metric: string): Promise<readonly string[]>;
}
