import type { Effect } from './incidents';
import { binomial, poisson, streamOf, uniform } from './random';
import { type Series, seriesOf, seriesText } from './series';
import type { CounterPlan, LatencyProfile, Route, SystemPlan } from './system';
import { requestsPerSecond } from './traffic';

const DAY_SECONDS = 86_400;
/** A series that has not been born yet: error series are born by their first error. */
const UNBORN = Number.NaN;
/** The model's caches hit eight times as often as they miss. */
const HITS_PER_MISS = 8;
const FAILURES_PER_ERROR_SHARE = 100;
/** No incident makes more than this share of answers slow. */
const SLOWEST_TAIL = 0.9;

/** What survives between the history and the live simulator. */
export interface PodState {
  readonly startedAt: number;
  readonly values: readonly (number | null)[];
}

/** One process of a system: its counters, advanced from instant to instant. */
export class Pod {
  readonly series: readonly Series[];
  readonly values: Float64Array;
  /** False while an incident keeps it from answering. */
  up = true;
  private readonly streams: readonly number[];
  private cursor = 0;
  private now = 0;

  constructor(
    readonly system: SystemPlan,
    readonly index: number,
    readonly seed: string,
    private startedAt: number,
  ) {
    this.series = seriesOf(system);
    this.streams = this.series.map(({ name, labels }) =>
      streamOf(`${seed}/${system.name}/${index}/${seriesText(name, labels)}`),
    );
    this.values = new Float64Array(this.series.length);
    this.series.forEach((series, at) => {
      this.values[at] = isErrorSeries(series) ? UNBORN : 0;
    });
    this.writeGauges(startedAt);
  }

  /**
   * Lives through (from, to]. A pod that was down begins again in the middle of it, with counters
   * at zero and a new start time.
   */
  advance(from: number, to: number, effect: Effect): void {
    if (effect.downPods.includes(this.index)) {
      this.up = false;
      return;
    }
    if (!this.up) this.restart((from + to) / 2);
    const alive = this.system.pods - new Set(effect.downPods).size;
    const rate = requestsPerSecond(this.system.traffic, `${this.seed}/${this.system.name}`, to);
    const requests = (rate * (to - from)) / alive;
    this.writeGauges(to);
    this.cursor = this.system.memory === null ? 1 : 2;
    this.now = to;
    const { routes } = this.system;
    const arrivals = routes.map((route) => this.answer(route, requests * route.share, effect));
    routes.forEach(({ latency }, index) => {
      this.observe(arrivals[index] ?? 0, latency, effect.slowness);
    });
    this.measure(requests, effect);
  }

  state(): PodState {
    return {
      startedAt: this.startedAt,
      values: Array.from(this.values, (value) => (Number.isNaN(value) ? null : value)),
    };
  }

  /** @throws RangeError when the state is of a model with other series */
  resume(state: PodState): void {
    if (state.values.length !== this.values.length) {
      throw new RangeError(
        `the saved state of ${this.system.name} pod ${this.index} has ${state.values.length} series, ` +
          `this model has ${this.values.length}: start over with --fresh`,
      );
    }
    this.startedAt = state.startedAt;
    this.values.set(state.values.map((value) => value ?? UNBORN));
  }

  private restart(at: number): void {
    this.up = true;
    this.startedAt = at;
    // A series once born begins again at zero: a block of history cannot say that a series ended.
    this.values.forEach((value, index) => {
      if (!Number.isNaN(value)) this.values[index] = 0;
    });
  }

  private writeGauges(at: number): void {
    this.values[0] = this.startedAt;
    const { memory } = this.system;
    if (memory === null) return;
    const leaked = ((at - this.startedAt) / DAY_SECONDS) * memory.leakBytesPerDay;
    const noise = 1 + 0.02 * uniform(this.streams[1] ?? 0, at);
    this.values[1] = Math.round((memory.baseBytes + leaked) * noise);
  }

  /** @returns how many requests arrived */
  private answer(route: Route, mean: number, effect: Effect): number {
    const okAt = this.cursor;
    const arrived = poisson(mean, this.draw());
    let good = arrived;
    this.cursor = okAt + 1;
    for (const { share, refusedLogin } of route.clientErrors) {
      const extra = refusedLogin === true ? effect.refusedLoginShare : 0;
      good -= this.count(binomial(good, share + extra, this.draw()));
    }
    good -= this.count(binomial(good, route.serverErrorShare + effect.errorShare, this.draw()));
    this.add(okAt, good);
    return arrived;
  }

  private measure(requests: number, effect: Effect): void {
    for (const plan of this.system.counters) {
      this.count(poisson(requests * perRequest(plan, effect), this.draw()));
    }
    for (const { perRequest: share, latency } of this.system.histograms) {
      // Its own draw, that of the count series: the first bucket's decides how many are slow.
      const arrived = poisson(requests * share, this.draw(latency.bounds.length + 2));
      this.observe(arrived, latency, effect.slowness);
    }
  }

  /** Buckets are cumulative: each holds what is not slower than its bound. */
  private observe(arrived: number, { bounds, tails }: LatencyProfile, slowness: number): void {
    let slower = arrived;
    let slowerShare = 1;
    let sum = 0;
    let lower = 0;
    bounds.forEach((bound, index) => {
      const share = Math.min((tails[index] ?? 0) * slowness, SLOWEST_TAIL * slowerShare);
      const above = binomial(slower, share / slowerShare, this.draw());
      sum += (slower - above) * (lower + (Number(bound) - lower) * 0.3);
      this.count(arrived - above);
      slower = above;
      slowerShare = share;
      lower = Number(bound);
    });
    this.count(arrived);
    this.count(sum + slower * lower * 1.5);
    this.count(arrived);
  }

  /** Adds to the series at the cursor and moves on. */
  private count(amount: number): number {
    this.add(this.cursor, amount);
    this.cursor += 1;
    return amount;
  }

  private add(at: number, amount: number): void {
    const before = this.values[at] ?? UNBORN;
    if (Number.isNaN(before) && amount === 0) return;
    this.values[at] = (Number.isNaN(before) ? 0 : before) + amount;
  }

  private draw(ahead = 0): number {
    return uniform(this.streams[this.cursor + ahead] ?? 0, this.now);
  }
}

function perRequest({ perRequest: share, follows }: CounterPlan, effect: Effect): number {
  switch (follows) {
    case 'cacheHit':
      return share * (1 - effect.lostHitShare);
    case 'cacheMiss':
      return share * (1 + HITS_PER_MISS * effect.lostHitShare);
    case 'failure':
      return share * (1 + FAILURES_PER_ERROR_SHARE * effect.errorShare);
    case 'refusedLogin':
      return share + effect.refusedLoginShare;
    default:
      return share;
  }
}

function isErrorSeries({ type, labels }: Series): boolean {
  return type === 'counter' && /^(?:4|5|fail)/.test(labels.status ?? '');
}
