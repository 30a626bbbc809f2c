import type { WrittenSeries } from './remote-write';

/** What a fleet does while it is scraped. */
export interface FleetPlan {
  readonly seed: number;
  readonly from: number;
  readonly hours: number;
  readonly pods: number;
  readonly scrapeSeconds: number;
  /** Mean restarts of a pod per hour; 0 for none. */
  readonly restartsPerHour: number;
  /** One in so many scrapes fails: `up` is 0 and every series gets its end marker. */
  readonly failedScrapeOneIn: number | null;
  /** Every so often a pod is replaced by one of another name. */
  readonly rolloutSeconds: number | null;
  /** No scrape at all in (from, to], without any marker, as when Prometheus itself is down. */
  readonly gap: readonly [from: number, to: number] | null;
  /** A pod that has run for a month is scraped only from here on. */
  readonly lateFrom: number | null;
  /** Errors per request. */
  readonly errorShare: number;
}

/** Events by the instant of the scrape that brought them. */
export interface Truth {
  readonly at: readonly number[];
  readonly total: readonly number[];
  readonly bad: readonly number[];
}

export interface Fleet {
  readonly series: readonly WrittenSeries[];
  readonly truth: Truth;
}

/** Events that scrapes in (from, to] brought. */
export function truthWithin(
  truth: Truth,
  from: number,
  to: number,
): { total: number; bad: number } {
  let [total, bad] = [0, 0];
  truth.at.forEach((at, k) => {
    if (at <= from || at > to) return;
    total += truth.total[k] ?? 0;
    bad += truth.bad[k] ?? 0;
  });
  return { total, bad };
}

/**
 * Scrapes of a small fleet and what they add up to.
 *
 * The truth follows its definition and no formula of ours: over each process' life the increments
 * between consecutive scraped samples, the first one from zero unless the process is older than
 * our knowledge of it. What a process counted after its last scrape is in no figure.
 */
export function simulateFleet(plan: FleetPlan): Fleet {
  const random = generator(plan.seed);
  const truth: Sums = { at: [], total: [], bad: [] };
  const series: WrittenSeries[] = [];
  for (let pod = 0; pod < plan.pods; pod += 1) {
    const late = plan.lateFrom !== null && pod === plan.pods - 1;
    series.push(...simulatePod(plan, pod, late, random, truth));
  }
  return { series, truth };
}

const SUCCESSES = ['200', '204'];
const ERRORS = ['500', '503'];

interface Written {
  readonly labels: Record<string, string>;
  readonly samples: [number, number | null][];
}

class Recorder {
  private readonly written = new Map<string, Written>();

  write(labels: Record<string, string>, at: number, value: number | null): void {
    const key = Object.values(labels).join(' ');
    const known = this.written.get(key);
    if (known === undefined) this.written.set(key, { labels, samples: [[at, value]] });
    else known.samples.push([at, value]);
  }

  all(): readonly WrittenSeries[] {
    return [...this.written.values()];
  }
}

interface Sums {
  readonly at: number[];
  readonly total: number[];
  readonly bad: number[];
}

function simulatePod(
  plan: FleetPlan,
  number: number,
  late: boolean,
  random: () => number,
  truth: Sums,
): readonly WrittenSeries[] {
  const end = plan.from + plan.hours * 3600;
  const scrapedFrom = late ? (plan.lateFrom ?? plan.from) : plan.from;
  const pod = new Pod(number, late ? plan.from - 30 * 86_400 : plan.from - 60, truth);
  if (late) pod.hasRunUnseen();
  let restart = restartAfter(plan, scrapedFrom, random);
  let rollout =
    plan.rolloutSeconds === null ? Infinity : plan.from + plan.rolloutSeconds * (0.5 + random());
  let clock = plan.from;
  const offset = Math.floor(random() * plan.scrapeSeconds * 1000) / 1000;
  for (let scrape = plan.from + offset; scrape <= end; scrape += plan.scrapeSeconds) {
    let replaced = false;
    while (clock < scrape) {
      const until = Math.min(scrape, restart, rollout);
      countEvents(plan, number, clock, until, pod.counts, random);
      clock = until;
      if (until === rollout) {
        rollout += plan.rolloutSeconds ?? Infinity;
        pod.start(until);
        replaced = true;
      }
      if (until === restart) {
        restart = restartAfter(plan, until, random);
        pod.start(until);
      }
    }
    const unseen = plan.gap !== null && scrape > plan.gap[0] && scrape <= plan.gap[1];
    if (replaced) pod.rename(scrape, !unseen);
    if (unseen || scrape < scrapedFrom) continue;
    const failed = plan.failedScrapeOneIn !== null && random() * plan.failedScrapeOneIn < 1;
    pod.scrape(scrape, failed);
  }
  return pod.written.all();
}

/** One pod through its lives: what it counted, what was seen of it. */
class Pod {
  readonly written = new Recorder();
  counts = new Map<string, number>();
  private seen = new Map<string, number>();
  private visible = new Set<string>();
  private known = true;
  private generation = 0;

  constructor(
    private readonly number: number,
    private started: number,
    private readonly truth: Sums,
  ) {}

  /** It counted long before anybody looked. */
  hasRunUnseen(): void {
    this.counts = new Map([
      ['200', 1_000_000],
      ['500', 4_000],
    ]);
    this.known = false;
  }

  start(at: number): void {
    this.started = at;
    this.counts = new Map();
    this.seen = new Map();
    this.known = true;
  }

  /** Another pod takes its place: the target is gone, and all its series with it. */
  rename(at: number, marked: boolean): void {
    if (marked) {
      this.end(at, [...this.visible]);
      this.written.write(this.target('up'), at, null);
      this.written.write(this.target('process_start_time_seconds'), at, null);
    }
    this.visible = new Set();
    this.generation += 1;
  }

  scrape(at: number, failed: boolean): void {
    const present = failed ? [] : [...this.counts.keys()];
    this.end(
      at,
      [...this.visible].filter((status) => !present.includes(status)),
    );
    this.visible = new Set(present);
    this.written.write(this.target('up'), at, failed ? 0 : 1);
    this.written.write(this.target('process_start_time_seconds'), at, failed ? null : this.started);
    if (failed) return;
    let [total, bad] = [0, 0];
    for (const [status, count] of this.counts) {
      this.written.write({ ...this.target('http_requests_total'), status }, at, count);
      const before = this.seen.get(status) ?? (this.known ? 0 : count);
      total += count - before;
      if (ERRORS.includes(status)) bad += count - before;
      this.seen.set(status, count);
    }
    this.known = true;
    this.truth.at.push(at);
    this.truth.total.push(total);
    this.truth.bad.push(bad);
  }

  private end(at: number, statuses: readonly string[]): void {
    for (const status of statuses) {
      this.written.write({ ...this.target('http_requests_total'), status }, at, null);
    }
  }

  private target(name: string): Record<string, string> {
    const instance = `pod-${this.number}-${this.generation}`;
    return { __name__: name, job: 'api', instance };
  }
}

/** Requests of a span, some seconds at a time; errors come in bursts. */
function countEvents(
  plan: FleetPlan,
  pod: number,
  from: number,
  to: number,
  counts: Map<string, number>,
  random: () => number,
): void {
  const seconds = to - from;
  // Told from the plan's start, so that a seed is the same fleet at any hour of any day.
  const since = from - plan.from;
  const hour = Math.floor(since / 3600);
  const burst = (hour * 7 + pod) % 11 === 0 ? 20 : 1;
  const requests = Math.round(seconds * (8 + 6 * Math.sin(since / 7000)) * (0.5 + random()));
  for (let k = 0; k < requests; k += 1) {
    const error = random() < plan.errorShare * burst;
    const status = pick(error ? ERRORS : SUCCESSES, random);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
}

function restartAfter(plan: FleetPlan, at: number, random: () => number): number {
  if (plan.restartsPerHour === 0) return Infinity;
  return at + (-Math.log(1 - random()) * 3600) / plan.restartsPerHour;
}

function pick(from: readonly string[], random: () => number): string {
  return from[Math.floor(random() * from.length)] ?? '';
}

/** Mulberry32: small, seeded, the same everywhere. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
