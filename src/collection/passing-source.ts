import {
  type InstantSample,
  type Labels,
  type Lateness,
  type RangeAsked,
  type Series,
  SeriesSource,
  type SourceHealth,
} from './series-source';

/** Passes every question on as it is; for sources that do something else with some of them. */
export abstract class PassingSource extends SeriesSource {
  constructor(protected readonly source: SeriesSource) {
    super();
  }

  instant(
    datasource: string,
    query: string,
    at: number,
    signal?: AbortSignal,
  ): Promise<readonly InstantSample[]> {
    return this.source.instant(datasource, query, at, signal);
  }

  range(
    datasource: string,
    query: string,
    asked: RangeAsked,
    signal?: AbortSignal,
  ): Promise<readonly Series[]> {
    return this.source.range(datasource, query, asked, signal);
  }

  samples(
    datasource: string,
    selector: string,
    from: number,
    to: number,
    signal?: AbortSignal,
  ): Promise<readonly Series[]> {
    return this.source.samples(datasource, selector, from, to, signal);
  }

  labelSets(
    datasource: string,
    selector: string,
    from: number,
    to: number,
    signal?: AbortSignal,
  ): Promise<readonly Labels[]> {
    return this.source.labelSets(datasource, selector, from, to, signal);
  }

  override showsEnds(datasource: string): boolean {
    return this.source.showsEnds(datasource);
  }

  override lateness(datasource: string): Lateness {
    return this.source.lateness(datasource);
  }

  health(datasource: string): SourceHealth {
    return this.source.health(datasource);
  }

  datasources(): readonly string[] {
    return this.source.datasources();
  }
}
