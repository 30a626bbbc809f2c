import {
  type InstantSample,
  type Labels,
  type RangeAsked,
  type Series,
  SeriesSource,
  type SourceHealth,
} from '../src/collection/series-source';
import { BusyTime } from './busy-time';

/** A question that reached the source, so that it can be asked again with its cost. */
export interface Question {
  readonly api: 'query' | 'query_range' | 'series';
  readonly parameters: Readonly<Record<string, string>>;
  readonly milliseconds: number;
}

/** Passes every question on and remembers it. */
export class RecordingSource extends SeriesSource {
  readonly busy = new BusyTime();
  private recorded: Question[] = [];

  constructor(private readonly source: SeriesSource) {
    super();
  }

  /** What was asked since the last call. */
  taken(): readonly Question[] {
    const taken = this.recorded;
    this.recorded = [];
    return taken;
  }

  instant(datasource: string, query: string, at: number): Promise<readonly InstantSample[]> {
    return this.record('query', { query, time: String(at) }, () =>
      this.source.instant(datasource, query, at),
    );
  }

  range(datasource: string, query: string, asked: RangeAsked): Promise<readonly Series[]> {
    const { from, to, stepSeconds } = asked;
    const parameters = { query, start: String(from), end: String(to), step: String(stepSeconds) };
    return this.record('query_range', parameters, () =>
      this.source.range(datasource, query, asked),
    );
  }

  samples(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Series[]> {
    const query = `${selector}[${Math.round((to - from) * 1000)}ms]`;
    return this.record('query', { query, time: String(to) }, () =>
      this.source.samples(datasource, selector, from, to),
    );
  }

  labelSets(
    datasource: string,
    selector: string,
    from: number,
    to: number,
  ): Promise<readonly Labels[]> {
    const parameters = { 'match[]': selector, start: String(from), end: String(to) };
    return this.record('series', parameters, () =>
      this.source.labelSets(datasource, selector, from, to),
    );
  }

  health(datasource: string): SourceHealth {
    return this.source.health(datasource);
  }

  datasources(): readonly string[] {
    return this.source.datasources();
  }

  private async record<T>(
    api: Question['api'],
    parameters: Readonly<Record<string, string>>,
    ask: () => Promise<T>,
  ): Promise<T> {
    const started = performance.now();
    try {
      return await this.busy.during(ask);
    } finally {
      this.recorded.push({ api, parameters, milliseconds: performance.now() - started });
    }
  }
}
