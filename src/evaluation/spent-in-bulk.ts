import { burnsFaster } from '../domain/burn-rate';
import { LEAST_COVERAGE_RATIO } from '../domain/coverage';
import { EpisodeMaker, type Spent } from '../domain/episode';
import type { Objective } from '../domain/objective';
import type { Span } from '../domain/slo-window';
import type { Tally } from '../domain/tally';
import { GRID_SECONDS } from '../ledger/grid';
import type { Ledger } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';

/** A stream of which all that was counted counts, by one objective. */
export interface PlainStream {
  readonly stream: Stream;
  readonly objective: Objective;
}

/**
 * What spent the budgets of many streams, with their days read once for all of them.
 *
 * @returns by stream id
 */
export async function spentInBulk(
  ledger: Pick<Ledger, 'eachStep'>,
  plain: readonly PlainStream[],
  { from, to }: Span,
): Promise<ReadonlyMap<number, Spent>> {
  const steps = new Map(
    plain.map(({ stream, objective }) => [stream.id, new CompactSteps(from, objective)]),
  );
  const streams = plain.map(({ stream }) => stream);
  // A stream's steps of a day come in a row.
  let [of, own] = [NaN, undefined as CompactSteps | undefined];
  await ledger.eachStep(streams, from, to, (id, start, end, good, bad, coveredSeconds) => {
    if (id !== of) [of, own] = [id, steps.get(id)];
    own?.add(start, end, good, bad, coveredSeconds);
  });
  return new Map([...steps].map(([id, own]) => [id, own.upTo(to)]));
}

const ON_BUDGET = { numerator: 1n, denominator: 1n };
/** Nearer to the objective than this, integers decide. */
const NEAR = 1e-9;

/**
 * Steps as episodes are made of them, but for those between which nothing can begin or end: ones
 * that are known not to burn follow each other as one, which does not burn either.
 */
class CompactSteps {
  private readonly made = new EpisodeMaker();
  private quiet: {
    good: bigint;
    bad: bigint;
    smallGood: number;
    smallBad: number;
    covered: number;
  } = NO_COUNTS();
  private quietFrom: number;
  private reached: number;
  /** The share of bad events below which a step is known not to burn. */
  private readonly quietShare: number;

  constructor(
    from: number,
    private readonly objective: Objective,
  ) {
    this.quietFrom = from;
    this.reached = from;
    this.quietShare = objective.budgetRatio * (1 - NEAR);
  }

  add(
    from: number,
    to: number,
    good: number | bigint,
    bad: number | bigint,
    coveredSeconds: number,
  ): void {
    // What happened in several steps of which only the end was seen is told in the last of them.
    const start = Math.max(from, to - GRID_SECONDS);
    if (start > this.reached) this.unseenUpTo(start);
    const known = coveredSeconds / (to - start) >= LEAST_COVERAGE_RATIO;
    if (known && !this.mayBurn(good, bad)) {
      this.keepQuiet(good, bad, coveredSeconds);
      this.reached = to;
      return;
    }
    this.endQuiet();
    this.push(to, tally(good, bad, coveredSeconds), known);
  }

  /** @param to the end of the last step, whether anything was counted until then or not */
  upTo(to: number): Spent {
    if (to > this.reached) this.unseenUpTo(to);
    this.endQuiet();
    return this.made.spent;
  }

  private mayBurn(good: number | bigint, bad: number | bigint): boolean {
    if (bad === 0) return false;
    const share = Number(bad) / (Number(good) + Number(bad));
    if (share < this.quietShare) return false;
    return burnsFaster(tally(good, bad, 0), this.objective, ON_BUDGET);
  }

  private keepQuiet(good: number | bigint, bad: number | bigint, covered: number): void {
    const { quiet } = this;
    if (typeof good === 'number') quiet.smallGood += good;
    else quiet.good += good;
    if (typeof bad === 'number') quiet.smallBad += bad;
    else quiet.bad += bad;
    if (quiet.smallGood > Number.MAX_SAFE_INTEGER / 2) {
      quiet.good += BigInt(quiet.smallGood);
      quiet.smallGood = 0;
    }
    quiet.covered += covered;
  }

  private endQuiet(): void {
    if (this.reached === this.quietFrom) return;
    const { good, bad, smallGood, smallBad, covered } = this.quiet;
    const events = tally(good + BigInt(smallGood), bad + BigInt(smallBad), covered);
    this.quiet = NO_COUNTS();
    this.push(this.reached, events, true);
  }

  private unseenUpTo(at: number): void {
    this.endQuiet();
    this.push(at, tally(0, 0, 0), false);
  }

  private push(at: number, events: Tally, known: boolean): void {
    const seconds = at - this.quietFrom;
    this.made.add({ at, seconds, events, raw: events, known, objective: this.objective });
    this.quietFrom = at;
    this.reached = at;
  }
}

const NO_COUNTS = () => ({ good: 0n, bad: 0n, smallGood: 0, smallBad: 0, covered: 0 });

function tally(good: number | bigint, bad: number | bigint, coveredSeconds: number): Tally {
  return { good: BigInt(good), total: BigInt(good) + BigInt(bad), coveredSeconds };
}
