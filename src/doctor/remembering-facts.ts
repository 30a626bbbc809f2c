import type { SourceFacts } from './source-facts';

/** Asks each question once, for the length of a checkup. */
export class RememberingFacts implements SourceFacts {
  private readonly retentions = new Map<string, Promise<number | null>>();
  private readonly types = new Map<string, Promise<readonly string[]>>();

  constructor(private readonly facts: SourceFacts) {}

  retentionSeconds(datasource: string): Promise<number | null> {
    const known = this.retentions.get(datasource) ?? this.facts.retentionSeconds(datasource);
    this.retentions.set(datasource, known);
    return known;
  }

  metricTypes(datasource: string, metric: string): Promise<readonly string[]> {
    const key = JSON.stringify([datasource, metric]);
    const known = this.types.get(key) ?? this.facts.metricTypes(datasource, metric);
    this.types.set(key, known);
    return known;
  }
}
