import {
  type InstantSample,
  type Labels,
  type Lateness,
  type RangeAsked,
  type Series,
  SeriesSource,
  type SourceHealth,
} from './series-source';

/**
 * Asks each question once: SLOs that share a counter share its answer. Lives for one tick or one
 * round of backfill, so nothing it remembers grows old.
 */
export class RememberingSource extends SeriesSource {
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(private readonly source: SeriesSource) {
    super();
  }

  /** How many questions were passed on. */
  get asked(): number {
    return this.answers.size;
  }

  instant(datasource: string, query: string, at: number): Promise<readonly InstantSample[]> {
    return this.once([datasource, query, at], () => this.source.instant(datasource, query, at));
  }

  range(datasource: string, query: string, asked: RangeAsked): Promise<readonly Series[]> {
    return this.once([datasource, query, asked], () => this.source.range(datasource, query, asked));
  }

  samples(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Series[]> {
    return this.once(['samples', datasource, selector, from, to], () =>
      this.source.samples(datasource, selector, from, to),
    );
  }

  labelSets(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Labels[]> {
    return this.once([datasource, selector, from, to], () =>
      this.source.labelSets(datasource, selector, from, to),
    );
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

  private once<T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    const known = this.answers.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const answer = ask();
    this.answers.set(key, answer);
    return answer;
  }
}
