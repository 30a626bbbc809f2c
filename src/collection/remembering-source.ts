import { PassingSource } from './passing-source';
import type { InstantSample, Labels, RangeAsked, Series } from './series-source';

/**
 * Asks each question once: SLOs that share a counter share its answer. Lives for one tick or one
 * round of backfill, so nothing it remembers grows old.
 */
export class RememberingSource extends PassingSource {
  private readonly answers = new Map<string, Promise<unknown>>();

  override instant(
    datasource: string,
    query: string,
    at: number,
  ): Promise<readonly InstantSample[]> {
    return this.once([datasource, query, at], () => this.source.instant(datasource, query, at));
  }

  override range(datasource: string, query: string, asked: RangeAsked): Promise<readonly Series[]> {
    return this.once([datasource, query, asked], () => this.source.range(datasource, query, asked));
  }

  override samples(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Series[]> {
    return this.once(['samples', datasource, selector, from, to], () =>
      this.source.samples(datasource, selector, from, to),
    );
  }

  override labelSets(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Labels[]> {
    return this.once([datasource, selector, from, to], () =>
      this.source.labelSets(datasource, selector, from, to),
    );
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
