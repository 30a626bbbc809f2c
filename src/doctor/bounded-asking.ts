import type { LimitFunction } from 'p-limit';
import {
  type InstantSample,
  type Labels,
  type RangeAsked,
  type Series,
  SeriesSource,
  type SourceHealth,
} from '../collection/series-source';
import type { SourceFacts } from './source-facts';

/** The time for a checkup is over; what was not asked is told as such. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** How a checkup may ask: its questions wait for each other, and none outlives the checkup. */
export interface Bounds {
  /** The queue of a data source. */
  readonly turn: (datasource: string) => LimitFunction;
  /** On the clock of `performance.now()`. */
  readonly deadlineMilliseconds: number;
}

/** A source that leaves room for collection: one question at a time, none after the deadline. */
export class BoundedSource extends SeriesSource implements SourceFacts {
  constructor(
    private readonly source: SeriesSource,
    private readonly facts: SourceFacts,
    private readonly bounds: Bounds,
  ) {
    super();
  }

  instant(datasource: string, query: string, at: number): Promise<readonly InstantSample[]> {
    return this.inTime(datasource, () => this.source.instant(datasource, query, at));
  }

  range(datasource: string, query: string, asked: RangeAsked): Promise<readonly Series[]> {
    return this.inTime(datasource, () => this.source.range(datasource, query, asked));
  }

  samples(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Series[]> {
    return this.inTime(datasource, () => this.source.samples(datasource, selector, from, to));
  }

  labelSets(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Labels[]> {
    return this.inTime(datasource, () => this.source.labelSets(datasource, selector, from, to));
  }

  retentionSeconds(datasource: string): Promise<number | null> {
    return this.inTime(datasource, () => this.facts.retentionSeconds(datasource));
  }

  metricTypes(datasource: string, metric: string): Promise<readonly string[]> {
    return this.inTime(datasource, () => this.facts.metricTypes(datasource, metric));
  }

  health(datasource: string): SourceHealth {
    return this.source.health(datasource);
  }

  datasources(): readonly string[] {
    return this.source.datasources();
  }

  private async inTime<T>(datasource: string, ask: () => Promise<T>): Promise<T> {
    const left = this.bounds.deadlineMilliseconds - performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => {
          reject(new OutOfTime());
        },
        Math.max(0, left),
      );
    });
    try {
      const answer = this.bounds.turn(datasource)(() => {
        // Whoever gave up while waiting does not ask any more.
        if (performance.now() >= this.bounds.deadlineMilliseconds) throw new OutOfTime();
        return ask();
      });
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
