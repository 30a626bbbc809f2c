import type { SeverityTier } from '../domain/alert-tiers';
import { DAY_SECONDS } from '../domain/duration';
import type { Slo } from '../domain/slo';
import { type Span, windowEndingAt, windowSeconds } from '../domain/slo-window';
import { BurnTest } from './burn-test';
import { lookBacksOf } from './look-back';
import { EPISODE_SECONDS, Spending } from './spending';
import type { Grid, Timeline } from './timeline';

/** A time during which an alert would have been firing. */
export interface Firing extends SeverityTier {
  /** Epoch seconds of the first step at which it fired. */
  readonly from: number;
  /** Of the first step at which it no longer did; null while it still fires at the end. */
  readonly to: number | null;
  /**
   * From the beginning of the unbroken burn that it told of to its firing; null where the last
   * windows burn only on the whole. Burning is: faster than budget over five minutes.
   */
  readonly detectionSeconds: number | null;
  /** What that burn had spent by then, as a share of one window's budget; null as above. */
  readonly spentRatio: number | null;
}

/** A tier that is replayed, which other tools let wait before it fires. */
export interface ReplayedTier extends SeverityTier {
  /** It must burn for so long without a break; 0 where it is left out. */
  readonly forSeconds?: number;
}

/** What the alerts of an SLO would have done. */
export interface Replay {
  /** The steps of (from, to] were replayed: fewer than were asked for where the streams are younger. */
  readonly from: number;
  readonly to: number;
  /** The tiers in force at the end. */
  readonly tiers: readonly SeverityTier[];
  /** Ascending by `from`. */
  readonly firings: readonly Firing[];
  /** Times at which someone would have been paged: pages that overlap wake once. */
  readonly pages: readonly { readonly from: number; readonly to: number | null }[];
  /** Pages per 30 days of the time that was replayed; null where none was. */
  readonly pagesPerMonth: number | null;
  /** Share of one window's budget that was spent between `from` and the first page; null without. */
  readonly spentBeforeFirstPage: number | null;
  /** Bad events of one window's budget, in the streams' scale: what shares are of. Null where unknown. */
  readonly allowedBad: number | null;
}

/**
 * Replays the alert tiers of an SLO over its points, step by step, as the evaluator judges each:
 * both windows burn strictly faster than the factor; a window of which less than half is known
 * holds the state, so that missing data neither fires nor resolves.
 *
 * Spent shares are of the budget of one SLO window with the mean traffic of the replayed time.
 *
 * @param timeline of the stream of a group, or of all of them together; from `replayReach` on, in
 *   steps of 60 or 300 s, of which alert windows are whole multiples
 * @param start an instant of the timeline, which begins the first step; the last one ends with it
 * @param tiersAt the tiers at an instant; those in force where nothing else is said
 * @throws LedgerContradiction when the points go back
 */
export function replayAlerts(
  slo: Slo,
  timeline: Timeline,
  start: number,
  tiersAt: TiersAt = tiersOf(slo),
): Replay {
  const { stepSeconds, to } = timeline.grid;
  const lateSteps = Math.ceil(Math.max(0, timeline.oldest - start) / stepSeconds);
  const from = start + lateSteps * stepSeconds;
  const tiers = tiersAt(to);
  if (!(from < to)) return { ...NOTHING, from: to, to, tiers };
  const spending = new Spending(slo, timeline, timeline.indexOf(from));
  const watch = new Watch(spending);
  for (const period of periods(slo, { from: from + stepSeconds, to, stepSeconds }, tiersAt)) {
    const tests = period.tiers.map((severe) => new TierTest(slo, severe, timeline));
    watch.keepOnly(period.tiers, period.from);
    for (let at = period.from; at <= period.to; at += stepSeconds) {
      const k = timeline.indexOf(at);
      for (const test of tests) {
        // Most steps of most tiers: nothing burns, and nothing is to be resolved.
        if (!watch.isAbout(test) && test.burnsShort(k) !== true) continue;
        const fires = test.fires(k);
        if (fires !== null) watch.judged(test, fires, k, at);
      }
    }
  }
  const firings = watch.firings();
  const pages = merged(firings.filter(({ tier }) => tier.kind === 'page'));
  const [page] = pages;
  const spentBeforeFirstPage = page === undefined ? null : spending.share(from, page.from);
  const pagesPerMonth = (pages.length * MONTH_SECONDS) / (to - from);
  const { allowedBad } = spending;
  return { from, to, tiers, firings, pages, pagesPerMonth, spentBeforeFirstPage, allowedBad };
}

/** The tiers that are replayed at an instant, epoch seconds. */
export type TiersAt = (at: number) => readonly ReplayedTier[];

/**
 * The instant from which counts are wanted to replay the steps of a grid: a longest alert window
 * before its first.
 */
export function replayReach(slo: Slo, grid: Grid, tiersAt: TiersAt = tiersOf(slo)): number {
  const tiers = [...periods(slo, grid, tiersAt)].flatMap((period) => period.tiers);
  const longest = Math.max(EPISODE_SECONDS, ...tiers.map(({ tier }) => tier.longSeconds));
  return grid.from - Math.ceil(longest / grid.stepSeconds) * grid.stepSeconds;
}

function tiersOf(slo: Slo): TiersAt {
  return (at) => lookBacksOf(slo, at).tiers;
}

const MONTH_SECONDS = 30 * DAY_SECONDS;
const NOTHING = {
  firings: [],
  pages: [],
  pagesPerMonth: null,
  spentBeforeFirstPage: null,
  allowedBad: null,
} as const;

/** A tier, asked step by step. */
class TierTest {
  readonly key: string;
  private readonly burn: BurnTest;
  private readonly long: number;
  private readonly short: number;

  constructor(
    slo: Slo,
    readonly severe: ReplayedTier,
    timeline: Timeline,
  ) {
    const { tier } = severe;
    this.key = keyOf(severe);
    this.burn = new BurnTest(timeline, slo, tier.factor);
    this.long = tier.longSeconds / timeline.grid.stepSeconds;
    this.short = tier.shortSeconds / timeline.grid.stepSeconds;
  }

  /** Whether its short window does. @returns null where too little is known to say */
  burnsShort(k: number): boolean | null {
    return this.burn.burns(k - this.short, k);
  }

  /** @returns null where too little is known to say */
  fires(k: number): boolean | null {
    const long = this.burn.burns(k - this.long, k);
    const short = this.burnsShort(k);
    if (long === null || short === null) return null;
    if (!long || !short) return false;
    return this.severe.tier.kind !== 'page' || this.burn.enoughToPage(k - this.long, k);
  }
}

/** Which tiers are firing, and the firings that are over. */
class Watch {
  private readonly open = new Map<string, Firing>();
  /** Since when those burn that do not fire yet. */
  private readonly waiting = new Map<string, number>();
  private readonly over: Firing[] = [];

  constructor(private readonly spending: Spending) {}

  /** Whether a tier fires or waits to. */
  isAbout({ key }: TierTest): boolean {
    return this.open.has(key) || this.waiting.has(key);
  }

  judged({ key, severe }: TierTest, fires: boolean, k: number, at: number): void {
    const firing = this.open.get(key);
    const since = this.waiting.get(key) ?? at;
    if (!fires) this.waiting.delete(key);
    if (fires === (firing !== undefined)) return;
    if (firing === undefined) {
      const { forSeconds = 0, tier, severity } = severe;
      this.waiting.set(key, since);
      if (at - since < forSeconds) return;
      this.open.set(key, {
        ...{ tier, severity },
        from: at,
        to: null,
        ...this.spending.onsetOf(severe.tier, k),
      });
    } else {
      this.over.push({ ...firing, to: at });
      this.open.delete(key);
    }
  }

  /** A calendar window's next period has tiers of its own: those that are gone fire no more. */
  keepOnly(tiers: readonly ReplayedTier[], at: number): void {
    const kept = new Set(tiers.map(keyOf));
    for (const key of this.waiting.keys()) if (!kept.has(key)) this.waiting.delete(key);
    for (const [key, firing] of this.open) {
      if (kept.has(key)) continue;
      this.over.push({ ...firing, to: at });
      this.open.delete(key);
    }
  }

  firings(): readonly Firing[] {
    return [...this.over, ...this.open.values()].sort((a, b) => a.from - b.from);
  }
}

/** A tier is the same through all periods as long as its name and windows are. */
function keyOf({ tier }: SeverityTier): string {
  return `${tier.name} ${tier.longSeconds}/${tier.shortSeconds}`;
}

interface Period extends Span {
  readonly tiers: readonly ReplayedTier[];
}

/** The instants of a grid, cut where a calendar window's next period has another length. */
function* periods(slo: Slo, { from, to, stepSeconds }: Grid, tiersAt: TiersAt): Generator<Period> {
  for (let at = from; at <= to;) {
    const end =
      slo.window.kind === 'rolling'
        ? to
        : windowEndingAt(slo.window, at).from + windowSeconds(slo.window, at);
    const steps = Math.max(0, Math.floor((Math.min(to, end) - at) / stepSeconds));
    yield { tiers: tiersAt(at), from: at, to: at + steps * stepSeconds };
    at += (steps + 1) * stepSeconds;
  }
}

/** Times at which any of them fires, each unbroken one once. */
function merged(firings: readonly Firing[]): Replay['pages'] {
  const spans: { from: number; to: number | null }[] = [];
  for (const { from, to } of firings) {
    const last = spans.at(-1);
    if (last === undefined || (last.to !== null && from > last.to)) spans.push({ from, to });
    else if (last.to !== null) last.to = to === null ? null : Math.max(last.to, to);
  }
  return spans;
}
