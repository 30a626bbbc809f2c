import type { LimitFunction } from 'p-limit';
import {
  type InstantSample,
  type Labels,
  type RangeAsked,
  type Series,
  SeriesSource,
  type SourceHealth,
} from '../collection/series-source';

/**
 * A source asked on the side: few questions at once, so that collection finds its turns free, and
 * none after the signal, at which those under way end too.
 */
export class QuietSource extends SeriesSource {
  constructor(
    private readonly source: SeriesSource,
    private readonly turn: (datasource: string) => LimitFunction,
    private readonly signal: AbortSignal,
  ) {
    super();
  }

  instant(datasource: string, query: string, at: number): Promise<readonly InstantSample[]> {
    return this.inTurn(datasource, () => this.source.instant(datasource, query, at, this.signal));
  }

  range(datasource: string, query: string, asked: RangeAsked): Promise<readonly Series[]> {
    return this.inTurn(datasource, () => this.source.range(datasource, query, asked, this.signal));
  }

  samples(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Series[]> {
    return this.inTurn(datasource, () =>
      this.source.samples(datasource, selector, from, to, this.signal),
    );
  }

  labelSets(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Labels[]> {
    return this.inTurn(datasource, () =>
      this.source.labelSets(datasource, selector, from, to, this.signal),
    );
  }

  health(datasource: string): SourceHealth {
    return this.source.health(datasource);
  }

  datasources(): readonly string[] {
    return this.source.datasources();
  }

  private inTurn<T>(datasource: string, ask: () => Promise<T>): Promise<T> {
    return this.turn(datasource)(() => {
      this.signal.throwIfAborted();
      return ask();
    });
  }
}
