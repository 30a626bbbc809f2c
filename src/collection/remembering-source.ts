import { PassingSource } from './passing-source';
import type { InstantSample, Labels, RangeAsked, Series } from './series-source';

interface AnsweredRange {
  readonly asked: RangeAsked;
  readonly series: readonly Series[];
}

/**
 * Asks each question once: SLOs that share a counter share its answer. Lives for one tick or one
 * round of backfill, so nothing it remembers grows old.
 */
export class RememberingSource extends PassingSource {
  private readonly answers = new Map<string, Promise<unknown>>();
  private readonly ranges = new Map<string, readonly AnsweredRange[]>();

  override instant(
    datasource: string,
    query: string,
    at: number,
  ): Promise<readonly InstantSample[]> {
    return this.once([datasource, query, at], () => this.source.instant(datasource, query, at));
  }

  /** A range within one that was answered is taken from that answer. */
  override range(datasource: string, query: string, asked: RangeAsked): Promise<readonly Series[]> {
    const alike = JSON.stringify([datasource, query, asked.stepSeconds]);
    const wider = this.ranges.get(alike)?.find((each) => isWithin(asked, each.asked));
    if (wider !== undefined) return Promise.resolve(cut(wider.series, asked));
    return this.once([datasource, query, asked], async () => {
      const series = await this.source.range(datasource, query, asked);
      this.ranges.set(alike, [...(this.ranges.get(alike) ?? []), { asked, series }]);
      return series;
    });
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

/** Shorter, and evaluated at the same instants. */
function isWithin(asked: RangeAsked, wider: RangeAsked): boolean {
  const shorter = asked.from > wider.from || asked.to < wider.to;
  const inside = asked.from >= wider.from && asked.to <= wider.to;
  return shorter && inside && (asked.from - wider.from) % asked.stepSeconds === 0;
}

function cut(all: readonly Series[], { from, to }: RangeAsked): readonly Series[] {
  return all.flatMap(({ labels, at, values }) => {
    const first = at.findIndex((instant) => instant >= from);
    const last = at.findLastIndex((instant) => instant <= to);
    if (first < 0 || last < first) return [];
    return [{ labels, at: at.slice(first, last + 1), values: values.slice(first, last + 1) }];
  });
}
