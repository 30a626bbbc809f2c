import type { Slo } from '../domain/slo';
import type { LabelTest } from '../promql/containment';
import { changedStarts } from '../promql/process-starts';
import type { CountersNeed, GaugeNeed, LivePlan } from '../promql/live-plan';
import type { MergedSelector } from '../promql/merge-selectors';
import { formatSelector } from '../promql/selector';
import { freshSeconds } from '../promql/silence';
import { availabilityReading } from './availability-reader';
import { type CountedGroup, type CounterSource, groupKey, groupLabels } from './counter-reader';
import { longestGap, markScraped, ordinaryIncrements } from './increments';
import { type AskedQuery, askMerged, type MemberAnswer } from './merged-asking';
import { overInstances } from './over-instances';
import { pairGroups } from './pair-groups';
import { type InstantSample, type Series, SourceFailure } from './series-source';
import { NotCountable, type SliReading } from './sli-reading';
import { floorTo } from '../ledger/grid';
import { LIVE_STEP_SECONDS, stepCount, type Steps } from './steps';

/**
 * What raw samples say of an SLO's due steps. Careful: something was out of the ordinary, so the
 * counting expression has to look. Waiting: no step is final yet.
 */
export type OrdinaryVerdict =
  | {
      readonly kind: 'read';
      readonly reading: SliReading;
      /** Whether the good or bad part has series, so that its selector cannot be a slip. */
      readonly partSeen: boolean;
    }
  | { readonly kind: 'careful' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

/** Asks for no series at all. */
const NOTHING = 'vector(1)';

const CAREFUL: OrdinaryVerdict = { kind: 'careful' };
const WAITING: OrdinaryVerdict = { kind: 'waiting' };

/** A unit's due steps. */
export interface OrdinaryUnit {
  readonly slo: Slo;
  readonly scale: bigint;
  readonly from: number;
  /** End of the last step that is wanted. */
  readonly to: number;
  /** Whether it was never covered, so that nothing is known of the time before. */
  readonly isNew: boolean;
  readonly hasGroup: (key: string) => boolean;
}

/** The raw samples of a data source around some steps, asked once for all its SLOs. */
export class OrdinaryReader {
  readonly asked: AskedQuery[] = [];
  private readonly longestGapSeconds: number;
  private samples: ReadonlyMap<string, MemberAnswer<Series>> = new Map();
  private changed: ReadonlyMap<string, MemberAnswer<InstantSample>> = new Map();

  constructor(
    private readonly at: CounterSource,
    private readonly plan: LivePlan,
  ) {
    this.longestGapSeconds = longestGap(at.scrapeIntervalSeconds);
  }

  /**
   * Asks beyond the last step's end, where there is something: a later sample tells that it is final.
   *
   * @param since the earliest start of any unit's steps
   * @param until the latest end of any unit's steps
   */
  async ask(since: number, until: number, now: number): Promise<void> {
    const from = since - this.longestGapSeconds;
    const to = Math.min(now, until + LIVE_STEP_SECONDS + this.longestGapSeconds);
    const { source, datasource } = this.at;
    const answersAtAll = () => this.answersAtAll(now);
    [this.samples, this.changed] = await Promise.all([
      askMerged(
        this.plan.samples,
        async (merged) => {
          const selector = formatSelector(merged.selector);
          const series = await source.samples(datasource, selector, from, to);
          this.note(merged, selector, series.length, sampleCount(series));
          return series;
        },
        answersAtAll,
      ),
      askMerged(
        this.plan.starts,
        async (merged) => {
          const query = changedStarts(merged.selector, to - from);
          const changed = await source.instant(datasource, query, to);
          this.note(merged, query, changed.length, changed.length);
          return changed;
        },
        answersAtAll,
      ),
    ]);
  }

  /** Whether a question that came to no end is itself at fault. */
  private async answersAtAll(now: number): Promise<boolean> {
    try {
      await this.at.source.instant(this.at.datasource, NOTHING, now);
      return true;
    } catch (error) {
      if (error instanceof SourceFailure) return false;
      throw error;
    }
  }

  verdict(unit: OrdinaryUnit): OrdinaryVerdict {
    const need = this.plan.needs.get(unit.slo);
    if (need === undefined) return CAREFUL;
    const series = this.samples.get(need.kind === 'gauge' ? need.gauge : need.total) ?? [];
    if (series instanceof SourceFailure) return unanswered(series);
    const steps = this.finalSteps(unit, series);
    if (steps === null) return CAREFUL;
    if (steps.to <= steps.from) return WAITING;
    try {
      const reading =
        need.kind === 'gauge'
          ? this.gaugeReading(unit, need, series, steps)
          : this.countersReading(unit, need, series, steps);
      if (reading instanceof SourceFailure) return unanswered(reading);
      return reading === null ? CAREFUL : { kind: 'read', ...reading };
    } catch (error) {
      if (error instanceof NotCountable) return CAREFUL;
      throw error;
    }
  }

  /** Null when the series' samples stopped coming. */
  private finalSteps({ from, to }: OrdinaryUnit, series: readonly Series[]): Steps | null {
    let newest = -Infinity;
    for (const { at } of series) newest = Math.max(newest, at.at(-1) ?? -Infinity);
    if (to - newest > this.longestGapSeconds) return null;
    return {
      from,
      to: Math.min(to, floorTo(newest, LIVE_STEP_SECONDS)),
      stepSeconds: LIVE_STEP_SECONDS,
    };
  }

  private gaugeReading(
    { slo }: OrdinaryUnit,
    { sli }: GaugeNeed,
    series: readonly Series[],
    steps: Steps,
  ): Read | null {
    if (series.some((each) => this.isSilent(each, steps))) return null;
    const shares = overInstances(slo, sli.instances, steps, series);
    return { reading: availabilityReading(slo, steps, shares), partSeen: true };
  }

  private countersReading(
    { slo, scale, isNew, hasGroup }: OrdinaryUnit,
    need: CountersNeed,
    totals: readonly Series[],
    steps: Steps,
  ): Read | SourceFailure | null {
    const restarted = this.restarted(need);
    if (restarted instanceof SourceFailure) return restarted;
    const count = stepCount(steps);
    const scraped = new Array<boolean>(count).fill(false);
    const total = new Map<string, CountedGroup>();
    const part = new Map<string, CountedGroup>();
    const test = need.part.kind === 'within' ? need.part.test : null;
    const grow = (series: readonly Series[], ...into: readonly Target[]): boolean =>
      series.every((each) => {
        if (restarted.size > 0 && restarted.has(groupKey(need.identity, each.labels))) return false;
        const increments = ordinaryIncrements(each, steps, this.longestGapSeconds);
        if (increments === null || this.isSilent(each, steps)) return false;
        markScraped(each, steps, scraped);
        for (const { sums, test: wanted } of into) {
          if (wanted === null || wanted(each.labels)) add(sums, slo.groupBy, each, increments);
        }
        return true;
      });
    const own = [{ sums: total, test: null }, ...(test === null ? [] : [{ sums: part, test }])];
    if (!grow(totals, ...own)) return null;
    if (need.part.kind === 'apart') {
      const parts = this.samples.get(need.part.selector) ?? [];
      if (parts instanceof SourceFailure) return parts;
      if (!grow(parts, { sums: part, test: null })) return null;
    }
    const seen = scraped.every(Boolean) && (!isNew || scrapedJustBefore(totals, steps));
    const known = slo.groupBy.length === 0 || [...total.keys(), ...part.keys()].every(hasGroup);
    // A good part without any series may be a slip, which only the source's index can tell.
    if (!seen || !known || (need.role === 'good' && part.size === 0)) return null;
    const reading: SliReading = {
      steps,
      coveredBy: 'targets',
      coveredSeconds: new Array<number>(count).fill(steps.stepSeconds),
      flags: [],
      groups: pairGroups(need.role, total, part, steps, scale, true),
    };
    return { reading, partSeen: part.size > 0 };
  }

  /**
   * Whether a sample that belongs into the steps may be on its way: none has come from behind them,
   * and the last one before their end is older than the series' samples are apart.
   */
  private isSilent({ at }: Series, { to }: Steps): boolean {
    const silence = to - (at.at(-1) ?? -Infinity);
    if (silence <= freshSeconds(this.at)) return false;
    return at.every((instant, k) => instant - (at[k - 1] ?? instant) < silence);
  }

  /** Identities of the processes that are other ones than before. */
  private restarted(need: CountersNeed): ReadonlySet<string> | SourceFailure {
    const keys = new Set<string>();
    const starts = [need.starts, ...(need.part.kind === 'apart' ? [need.part.starts] : [])];
    for (const selector of starts) {
      const changed = this.changed.get(selector) ?? [];
      if (changed instanceof SourceFailure) return changed;
      for (const { labels } of changed) keys.add(groupKey(need.identity, labels));
    }
    return keys;
  }

  private note(merged: MergedSelector, query: string, series: number, samples: number): void {
    let slos = 0;
    for (const member of merged.members.values()) {
      slos += this.plan.users.get(formatSelector(member)) ?? 0;
    }
    this.asked.push({ query, slos, series, samples });
  }
}

/** Raw samples that are too many may still be added up by the source itself. */
function unanswered(failure: SourceFailure): OrdinaryVerdict {
  const smaller = failure.kind === 'too_much' || failure.kind === 'rejected';
  return smaller ? CAREFUL : { kind: 'failed', failure };
}

interface Read {
  readonly reading: SliReading;
  readonly partSeen: boolean;
}

interface Target {
  readonly sums: Map<string, CountedGroup>;
  readonly test: LabelTest | null;
}

function add(
  sums: Map<string, CountedGroup>,
  groupBy: readonly string[],
  { labels }: Series,
  increments: readonly number[],
): void {
  const key = groupKey(groupBy, labels);
  const known = sums.get(key);
  if (known === undefined) {
    sums.set(key, { labels: groupLabels(groupBy, labels), events: [...increments], firstSeen: 0 });
    return;
  }
  increments.forEach((increment, k) => {
    known.events[k] = (known.events[k] ?? 0) + increment;
  });
}

function scrapedJustBefore(series: readonly Series[], { from, stepSeconds }: Steps): boolean {
  return series.some(({ at }) =>
    at.some((instant) => instant > from - stepSeconds && instant <= from),
  );
}

function sampleCount(series: readonly Series[]): number {
  return series.reduce((sum, { at }) => sum + at.length, 0);
}
