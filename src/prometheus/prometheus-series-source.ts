import { SeriesSource } from '../collection/series-source';
import type {
  InstantSample,
  Labels,
  Lateness,
  RangeAsked,
  Series,
  SourceHealth,
} from '../collection/series-source';
import type { DatasourceConfig } from '../config/config';
import type { SourceFacts } from '../doctor/source-facts';
import { InvalidValue } from '../domain/invalid-value';
import { labelSetsOf, samplesOf, scrapedSeriesOf, seriesOf } from './decode';
import { metricTypesOf, retentionOf } from './facts';
import { Gateway } from './gateway';
import { DEFAULT_LIMITS } from './source-limits';
import type { SourceLimits } from './source-limits';

/** The default of Prometheus, which cannot be changed there. */
const MAX_INSTANTS = 11_000;

/** Prometheus-compatible servers over their HTTP API. */
export class PrometheusSeriesSource extends SeriesSource implements SourceFacts {
  private readonly gateways: ReadonlyMap<string, Gateway>;

  /** @param now our clock in epoch seconds, against which the sources' clocks are compared */
  constructor(
    datasources: readonly DatasourceConfig[],
    limits: Partial<SourceLimits> = {},
    now: () => number = () => Date.now() / 1000,
  ) {
    super();
    const all = { ...DEFAULT_LIMITS, ...limits };
    this.gateways = new Map(
      datasources.map((datasource) => [
        datasource.name,
        new Gateway(datasource, { ...all, ...datasource.limits }, now),
      ]),
    );
  }

  async instant(
    datasource: string,
    query: string,
    at: number,
    signal?: AbortSignal,
  ): Promise<readonly InstantSample[]> {
    const parameters = { query, time: seconds('time', at) };
    const call = { parameters, signal, send: (driver: Driver) => driver.instantQuery(query) };
    return this.gateway(datasource).ask(call, samplesOf);
  }

  async range(
    datasource: string,
    query: string,
    asked: RangeAsked,
    signal?: AbortSignal,
  ): Promise<readonly Series[]> {
    const { from, to, stepSeconds } = asked;
    if (!(stepSeconds > 0)) throw new InvalidValue('step', stepSeconds, 'seconds above 0');
    const parameters = {
      query,
      ...span(from, to),
      step: seconds('step', stepSeconds),
    };
    const instants = Math.floor((to - from) / stepSeconds) + 1;
    if (instants > MAX_INSTANTS) {
      throw new RangeError(`${instants} instants asked for, allowed: ${MAX_INSTANTS}`);
    }
    const call = {
      parameters,
      signal,
      send: (driver: Driver) => driver.rangeQuery(query, PLACEHOLDER, PLACEHOLDER, stepSeconds),
    };
    return this.gateway(datasource).ask(call, seriesOf);
  }

  async samples(
    datasource: string,
    selector: string,
    from: number,
    to: number,
    signal?: AbortSignal,
  ): Promise<readonly Series[]> {
    const { start, end } = span(from, to);
    const range = `[${Math.round((Number(end) - Number(start)) * 1000)}ms]`;
    const call = {
      parameters: { time: end },
      signal,
      send: (driver: Driver) => driver.instantQuery(selector + range),
    };
    const found = await this.gateway(datasource).ask(call, scrapedSeriesOf);
    // Before 3.0 the sample on the left edge comes too.
    return found.map((series) => after(series, from)).filter(({ at }) => at.length > 0);
  }

  async labelSets(
    datasource: string,
    selector: string,
    from: number,
    to: number,
    signal?: AbortSignal,
  ): Promise<readonly Labels[]> {
    const call = {
      parameters: span(from, to),
      signal,
      send: (driver: Driver) => driver.series(selector, PLACEHOLDER, PLACEHOLDER),
    };
    return this.gateway(datasource).ask(call, labelSetsOf);
  }

  async retentionSeconds(datasource: string): Promise<number | null> {
    const send = (driver: Driver): Promise<unknown> => driver.statusRuntimeInfo();
    return this.gateway(datasource).ask({ parameters: {}, send, optional: true }, retentionOf);
  }

  async metricTypes(datasource: string, metric: string): Promise<readonly string[]> {
    const send = (driver: Driver): Promise<unknown> => driver.metadata();
    const call = { parameters: { metric }, send, optional: true };
    return this.gateway(datasource).ask(call, metricTypesOf);
  }

  override showsEnds(datasource: string): boolean {
    return this.gateway(datasource).showsEnds;
  }

  override lateness(datasource: string): Lateness {
    return this.gateway(datasource).lateness;
  }

  health(datasource: string): SourceHealth {
    return this.gateway(datasource).health();
  }

  datasources(): readonly string[] {
    return [...this.gateways.keys()];
  }

  /** Ends requests under way and closes the sockets; later calls fail as unavailable. */
  close(): void {
    for (const gateway of this.gateways.values()) gateway.close();
  }

  private gateway(datasource: string): Gateway {
    const gateway = this.gateways.get(datasource);
    if (gateway === undefined) {
      throw new InvalidValue('data source', datasource, this.datasources().join(', '));
    }
    return gateway;
  }
}

function after(series: Series, from: number): Series {
  if ((series.at[0] ?? Infinity) > from) return series;
  const first = series.at.findIndex((at) => at > from);
  const keep = first < 0 ? series.at.length : first;
  return { ...series, at: series.at.slice(keep), values: series.values.slice(keep) };
}

type Driver = Parameters<Parameters<Gateway['ask']>[0]['send']>[0];

/** The library refuses a start of 0 and divides by a thousand; the exact texts go over this. */
const PLACEHOLDER = 1;

function span(from: number, to: number): { readonly start: string; readonly end: string } {
  if (from > to) throw new InvalidValue('start', from, `epoch seconds up to the end, ${to}`);
  return { start: seconds('start', from), end: seconds('end', to) };
}

function seconds(what: string, value: number): string {
  if (!Number.isFinite(value) || value < 0) throw new InvalidValue(what, value, 'seconds from 0');
  return String(value);
}
