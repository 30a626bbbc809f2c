import type { Slo } from '../domain/slo';
import { answerKey, type HistoryPlan, type HistoryQuery } from '../promql/history-plan';
import {
  mergedDifference,
  mergedScrapes,
  type MergedCounter,
  spanDifference,
} from '../promql/merged-difference';
import type { MergedSelector } from '../promql/merge-selectors';
import { type CountedGroup, type CounterSource, groupKey, groupLabels } from './counter-reader';
import { askMerged } from './merged-asking';
import { pairGroups } from './pair-groups';
import { type Labels, type Series, SourceFailure } from './series-source';
import type { SliReading } from './sli-reading';
import { stepCount, stepIndex, type Steps } from './steps';

/** A span of history that is ordinary as a whole or looked at again. */
export const BLOCK_SECONDS = 3_600;
/** Sums of counters with fractions differ in their last digits. */
const ROUNDING = 1e-9;

/** What the source says of one counter of one SLO, by group key; NaN where it says nothing. */
type Counted = ReadonlyMap<string, { readonly labels: Labels; readonly values: number[] }>;

const NOTHING: Counted = new Map();

/**
 * History of counters in large pieces: differences of every step, and for each block of steps the
 * difference over the whole block if nothing out of the ordinary happened in it. A block is believed
 * when its steps add up to it: a counter without a reset loses nothing then.
 */
export class BlockReader {
  readonly blocks: readonly Steps[];
  private readonly differences = new Map<string, Counted>();
  private readonly wholes = new Map<string, Counted>();
  private readonly scrapes = new Map<string, Counted>();

  constructor(
    private readonly at: CounterSource,
    private readonly plan: HistoryPlan,
    private readonly piece: Steps,
  ) {
    this.blocks = blocksOf(piece);
  }

  /**
   * One question at a time, so that live steps are not kept waiting.
   *
   * @throws SourceFailure when the source does not answer at all; what it refuses is left out
   */
  async ask(): Promise<void> {
    const { piece, blocks } = this;
    const step = (instant: number) => stepIndex(piece, instant);
    const block = (instant: number) => blocks.findIndex(({ to }) => to === instant);
    for (const query of this.plan.queries) {
      const every = { span: piece, size: stepCount(piece), place: step };
      await this.fill(this.differences, query, every, mergedDifference);
      if (!query.checked) continue;
      for (const span of wholeSpans(piece)) {
        const whole = { span, size: blocks.length, place: block };
        await this.fill(this.wholes, query, whole, spanDifference);
        await this.fill(this.scrapes, query, whole, mergedScrapes);
      }
    }
  }

  /** Which blocks were ordinary. */
  ordinary(slo: Slo): readonly boolean[] {
    const need = this.plan.needs.get(slo);
    if (need === undefined) return this.blocks.map(() => false);
    const total = this.addUp(need.total);
    const part = need.partChecked ? this.addUp(need.part) : total;
    // A good part without any series may be a slip, which only the source's index can tell.
    const partSeen = need.pair.role === 'bad' || (this.differences.get(need.part)?.size ?? 0) > 0;
    return this.blocks.map((_, k) => partSeen && total[k] === true && part[k] === true);
  }

  /** The steps of ordinary blocks; each is covered, as every step of such a block was scraped. */
  reading(slo: Slo, scale: bigint, span: Steps): SliReading {
    const need = this.plan.needs.get(slo);
    if (need === undefined) throw new Error('the SLO is not in the plan');
    const total = this.groups(need.total, span);
    const part = this.groups(need.part, span);
    return {
      steps: span,
      coveredBy: 'targets',
      coveredSeconds: new Array<number>(stepCount(span)).fill(span.stepSeconds),
      flags: [],
      groups: pairGroups(need.pair.role, total, part, span, scale, true),
    };
  }

  private addUp(key: string): readonly boolean[] {
    const steps = this.differences.get(key) ?? NOTHING;
    const wholes = this.wholes.get(key) ?? NOTHING;
    const scrapes = [...(this.scrapes.get(key) ?? NOTHING).values()];
    const groups = [...new Set([...steps.keys(), ...wholes.keys()])];
    return this.blocks.map((block, k) => {
      const first = stepIndex(this.piece, block.from + this.piece.stepSeconds);
      const addsUp = groups.every((group) =>
        isSum(
          wholes.get(group)?.values[k] ?? NaN,
          steps.get(group)?.values.slice(first, first + stepCount(block)) ?? [],
        ),
      );
      const least = this.leastScrapes(block);
      return addsUp && scrapes.some(({ values }) => (values[k] ?? 0) >= least);
    });
  }

  /** So many that none of the block's steps can have been without. */
  private leastScrapes({ from, to }: Steps): number {
    const { stepSeconds } = this.piece;
    return Math.max(1, (to - from - stepSeconds) / this.at.scrapeIntervalSeconds + 2);
  }

  private groups(key: string, span: Steps): ReadonlyMap<string, CountedGroup> {
    const first = stepIndex(this.piece, span.from + span.stepSeconds);
    const groups = new Map<string, CountedGroup>();
    for (const [group, { labels, values }] of this.differences.get(key) ?? NOTHING) {
      const own = values.slice(first, first + stepCount(span));
      const firstSeen = own.findIndex((value) => !Number.isNaN(value));
      if (firstSeen < 0) continue;
      const events = own.map((value) => (Number.isNaN(value) ? 0 : value));
      groups.set(group, { labels, events, firstSeen });
    }
    return groups;
  }

  private async fill(
    into: Map<string, Counted>,
    query: HistoryQuery,
    { span, size, place }: Places,
    textOf: (counter: MergedCounter, seconds: number) => string,
  ): Promise<void> {
    const { stepSeconds, to } = span;
    const asked = { from: span.from + stepSeconds, to, stepSeconds };
    const answers = await askMerged([query.merged], (merged) => {
      const counter = mergedCounter(query, merged);
      return this.at.source.range(this.at.datasource, textOf(counter, stepSeconds), asked);
    });
    for (const [selector, answer] of answers) {
      if (answer instanceof SourceFailure) {
        if (answer.kind === 'unavailable' || answer.kind === 'forbidden') throw answer;
        continue;
      }
      const key = answerKey(selector, query);
      const counted = new Map(into.get(key));
      for (const series of answer) placeInto(counted, series, query.groupBy, size, place);
      into.set(key, counted);
    }
  }
}

/** Where the values of an answer belong. */
interface Places {
  readonly span: Steps;
  readonly size: number;
  readonly place: (instant: number) => number;
}

function placeInto(
  counted: Map<string, { readonly labels: Labels; readonly values: number[] }>,
  { labels, at, values }: Series,
  groupBy: readonly string[],
  size: number,
  place: (instant: number) => number,
): void {
  const key = groupKey(groupBy, labels);
  const group = counted.get(key) ?? {
    labels: groupLabels(groupBy, labels),
    values: new Array<number>(size).fill(NaN),
  };
  at.forEach((instant, k) => {
    group.values[place(instant)] = values[k] ?? NaN;
  });
  counted.set(key, group);
}

/** A group without a series in the whole block has nothing to add up. */
function isSum(whole: number, steps: readonly number[]): boolean {
  let sum = 0;
  let seen = false;
  for (const value of steps) {
    if (Number.isNaN(value)) continue;
    sum += value;
    seen = true;
  }
  if (!seen && Number.isNaN(whole)) return true;
  return Number.isFinite(whole) && Math.abs(whole - sum) <= ROUNDING * whole;
}

/** The labels that tell the members apart come back with the groups' own. */
function mergedCounter({ groupBy, identity }: HistoryQuery, merged: MergedSelector): MergedCounter {
  const { selector, varying } = merged;
  const by = varying === null ? groupBy : [...new Set([varying, ...groupBy])];
  return { selector, by, identity };
}

/** Whole hours from the piece's start, and what is left. */
function blocksOf(piece: Steps): readonly Steps[] {
  const blocks: Steps[] = [];
  for (let { from } = piece; from < piece.to; from += BLOCK_SECONDS) {
    const to = Math.min(from + BLOCK_SECONDS, piece.to);
    blocks.push({ from, to, stepSeconds: piece.stepSeconds });
  }
  return blocks;
}

/** The same as spans of steps that are a block long each. */
function wholeSpans({ from, to }: Steps): readonly Steps[] {
  const hours = Math.floor((to - from) / BLOCK_SECONDS) * BLOCK_SECONDS;
  const rest = to - from - hours;
  return [
    ...(hours > 0 ? [{ from, to: from + hours, stepSeconds: BLOCK_SECONDS }] : []),
    ...(rest > 0 ? [{ from: from + hours, to, stepSeconds: rest }] : []),
  ];
}
