import { PassingSource } from './passing-source';
import type { RangeAsked } from './series-source';

/** Passes every question on and counts them. */
export class CountingSource extends PassingSource {
  asked = 0;

  override instant(datasource: string, query: string, at: number, signal?: AbortSignal) {
    this.asked += 1;
    return super.instant(datasource, query, at, signal);
  }

  override range(datasource: string, query: string, asked: RangeAsked, signal?: AbortSignal) {
    this.asked += 1;
    return super.range(datasource, query, asked, signal);
  }

  override samples(
    datasource: string,
    selector: string,
    from: number,
    to: number,
    signal?: AbortSignal,
  ) {
    this.asked += 1;
    return super.samples(datasource, selector, from, to, signal);
  }

  override labelSets(
    datasource: string,
    selector: string,
    from: number,
    to: number,
    signal?: AbortSignal,
  ) {
    this.asked += 1;
    return super.labelSets(datasource, selector, from, to, signal);
  }
}
