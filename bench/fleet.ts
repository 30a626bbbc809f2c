import type { MetricFamily, SampledSeries } from '../test/support/openmetrics';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Bounds in whole minutes, epoch seconds; samples lie within (from, to]. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What happened in a span, as the scrapes saw it. */
export interface Events {
  readonly total: number;
  readonly bad: number;
}

/** A fixed time, so that what was made once is good for every run. */
const BEGIN = Date.parse('2026-10-21T04:00:00Z') / 1000;
/** The thirty days and what counting looks back on top of them. */
const BEFORE_SECONDS = 30 * DAY + 2 * HOUR;
const AFTER_SECONDS = 6 * HOUR;

/**
 * Services of one process each that is scraped once a minute, every one at a second of its own, and
 * restarted once in the whole history. Every number follows from the service and the minute, so the
 * truth of any span can be added up without asking anybody.
 */
export class Fleet {
  /** When the SLOs are first seen: thirty days of history lie before, six hours after. */
  readonly start = BEGIN + BEFORE_SECONDS;
  readonly end = BEGIN + BEFORE_SECONDS + AFTER_SECONDS;
  readonly begin = BEGIN;

  constructor(readonly size: number) {}

  get key(): string {
    return `v1-${this.size}-services-${BEGIN}-${this.end}`;
  }

  get what(): string {
    return `30 days of ${this.size} services`;
  }

  jobs(): readonly string[] {
    return Array.from({ length: this.size }, (_, service) => jobOf(service));
  }

  /** The truth: what the samples of a span say on top of those before it. */
  events(service: number, span: Span): Events {
    let [total, bad] = [0, 0];
    for (const at of scrapesOf(service, span)) {
      const requests = requestsIn(service, at);
      total += requests;
      bad += errorsIn(service, at, requests);
    }
    return { total, bad };
  }

  /** Everything that is scraped of the services, and what Sloth's rules would have recorded. */
  *families(span: Span): Generator<MetricFamily> {
    yield { name: 'http_requests', type: 'counter', series: this.requests(span) };
    yield { name: 'up', type: 'gauge', series: this.every('up', span, () => 1) };
    const starts = this.every('process_start_time_seconds', span, (service, at) =>
      at > this.restartOf(service) ? this.restartOf(service) : BEGIN - 30 * DAY - service,
    );
    yield { name: 'process_start_time_seconds', type: 'gauge', series: starts };
    const recorded = this.recorded(span);
    yield { name: 'slo:sli_error:ratio_rate5m', type: 'gauge', series: recorded };
  }

  /** The whole minute at which the second process begins. */
  private restartOf(service: number): number {
    const minutes = (this.end - BEGIN) / MINUTE;
    return BEGIN + Math.floor(chance(service, 0, 1) * minutes) * MINUTE;
  }

  private *requests(span: Span): Generator<SampledSeries> {
    for (let service = 0; service < this.size; service += 1) {
      const restart = this.restartOf(service);
      // Everything before the span, so that spans that are written one by one fit together.
      const before = this.events(service, {
        from: restart <= span.from ? restart : BEGIN,
        to: span.from,
      });
      const rising = (first: number, of: (at: number) => number) =>
        function* (): Generator<readonly [number, number]> {
          let value = first;
          for (const at of scrapesOf(service, span)) {
            const isFirst = at > restart && at - restart < MINUTE;
            value = (isFirst ? 0 : value) + of(at);
            yield [at, value];
          }
        };
      const bad = (at: number) => errorsIn(service, at, requestsIn(service, at));
      const good = (at: number) => requestsIn(service, at) - bad(at);
      const name = 'http_requests_total';
      const labels = labelsOf(service);
      const goodBefore = before.total - before.bad;
      yield { name, labels: { ...labels, code: '200' }, samples: rising(goodBefore, good)() };
      yield { name, labels: { ...labels, code: '500' }, samples: rising(before.bad, bad)() };
    }
  }

  private *every(
    name: string,
    span: Span,
    valueOf: (service: number, at: number) => number,
  ): Generator<SampledSeries> {
    for (let service = 0; service < this.size; service += 1) {
      yield { name, labels: labelsOf(service), samples: samples(service, span, valueOf) };
    }
  }

  /** Any ratio of about the right size: what is asked of it costs the same. */
  private *recorded(span: Span): Generator<SampledSeries> {
    const ratio = (service: number, at: number) => {
      const requests = requestsIn(service, at);
      return errorsIn(service, at, requests) / requests;
    };
    for (let service = 0; service < this.size; service += 1) {
      const labels = slothLabels(jobOf(service));
      yield { name: 'slo:sli_error:ratio_rate5m', labels, samples: samples(service, span, ratio) };
    }
  }
}

/** The labels that Sloth gives the series of an SLO's shortest window. */
export function slothLabels(service: string): Readonly<Record<string, string>> {
  return {
    sloth_id: `${service}-api-errors`,
    sloth_service: service,
    sloth_slo: 'api-errors',
    sloth_window: '5m',
  };
}

function jobOf(service: number): string {
  return `svc-${String(service + 1).padStart(4, '0')}`;
}

function labelsOf(service: number): Readonly<Record<string, string>> {
  return { job: jobOf(service), instance: `${jobOf(service)}:80` };
}

function* samples(
  service: number,
  span: Span,
  valueOf: (service: number, at: number) => number,
): Generator<readonly [number, number]> {
  for (const at of scrapesOf(service, span)) yield [at, valueOf(service, at)];
}

/** Instants of a span's scrapes; Prometheus spreads its targets over the interval like this. */
function* scrapesOf(service: number, { from, to }: Span): Generator<number> {
  // Never on the minute, so that spans of whole minutes share no scrape.
  const second = 1 + ((service * 37) % 59);
  for (let at = from + second; at < to; at += MINUTE) yield at;
}

function requestsIn(service: number, at: number): number {
  return 20 + (service % 50) * 4 + Math.floor(chance(service, at, 2) * 30);
}

/** One request in ten thousand to one in a hundred, and now and then an hour that is worse. */
function errorsIn(service: number, at: number, requests: number): number {
  const usual = 10 ** (-4 + (service % 9) / 4);
  const isBadHour = chance(service, Math.floor(at / HOUR), 3) < 0.01;
  const expected = requests * (isBadHour ? 0.05 : usual);
  return Math.min(requests, Math.floor(expected + chance(service, at, 4)));
}

/** Evenly spread over [0, 1), always the same for the same arguments. */
function chance(service: number, at: number, kind: number): number {
  let x = Math.imul(service + 1, 0x9e3779b1) ^ Math.imul(at | 0, 0x85ebca6b) ^ (kind * 0x27d4eb2f);
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}
