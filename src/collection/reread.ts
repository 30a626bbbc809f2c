import { between } from '../domain/point';
import { type Slo, sliceSecondsOf } from '../domain/slo';
import type { Amendment, AwaitedStep, Ledger } from '../ledger/ledger';
import type { Step, StepFlag } from '../ledger/step';
import type { Stream } from '../ledger/stream';
import { type CounterSource, groupKey } from './counter-reader';
import type { HeldUnit } from './ordinary-round';
import { type Run, runsToReread } from './reread-runs';
import { readSilence, withSilence } from './silence';
import { groupSteps, type SliReading } from './sli-reading';
import { readSli } from './sli-reader';
import { LIVE_STEP_SECONDS, stepCount, stepEnds, type Steps } from './steps';

/** How far behind late samples are followed before whatever comes next is taken as unchanged. */
const FOLLOWED_STEPS = 15;

export interface Reread {
  readonly amendments: readonly Amendment[];
  /** How many steps were read for it. */
  readonly steps: number;
}

/**
 * Reads again the steps that waited for samples, since these may have come late: a remote write that
 * caught up, a block that was brought in.
 *
 * Late samples also move what was counted after them. The step that ends a gap bridged it, and would
 * count its events twice; a target that was silent for so long that it was not waited for any more
 * has events in steps that carry no flag. So reading goes on behind a run, as far as anything differs.
 *
 * @param awaited steps of the unit's streams that are flagged as missing or provisional
 * @param roundEnd of this round of reading again
 */
export async function readAgain(
  at: CounterSource,
  ledger: Ledger,
  held: HeldUnit,
  awaited: readonly AwaitedStep[],
  roundEnd: number,
): Promise<Reread> {
  const newest = Math.min(...held.streams.map((stream) => stream.newest.at));
  const { outOfOrderWindowSeconds } = at.source.lateness(at.datasource);
  const inWindow = awaited.filter((step) => step.at > newest - outOfOrderWindowSeconds);
  const reread = new UnitReread(at, ledger, held, inWindow, newest);
  for (const run of runsToReread(inWindow, roundEnd)) await reread.read(run);
  return reread;
}

class UnitReread implements Reread {
  readonly amendments: Amendment[] = [];
  steps = 0;
  /** Up to here everything was read again. */
  private done = -Infinity;
  /** End of the last covered step before it. */
  private coveredUntil = -Infinity;
  private readonly awaited: ReadonlySet<string>;

  constructor(
    private readonly at: CounterSource,
    private readonly ledger: Ledger,
    private readonly held: HeldUnit,
    awaited: readonly AwaitedStep[],
    private readonly newest: number,
  ) {
    this.awaited = new Set(awaited.map(({ streamId, at }) => keyOf(streamId, at)));
  }

  async read({ span, look }: Run): Promise<void> {
    const behind = stepsBehind(this.held.unit.slo);
    if (span.to <= this.done) return;
    let found = await this.look(look.from, look.to, behind);
    // All of the run or nothing: what one of its steps gains, the step behind it may lose.
    if (found.some(isCounted) && look.from > span.from) {
      found = await this.look(span.from, span.to, behind);
    }
    this.amendments.push(...found);
    while (found.some(isCounted)) {
      found = await this.look(this.done, this.done, FOLLOWED_STEPS);
      this.amendments.push(...found);
    }
  }

  /** What differs by now in (from, to], and if anything was seen in it, in some steps behind it. */
  private async look(from: number, to: number, behind: number): Promise<readonly Amendment[]> {
    const until = Math.min(to + behind * LIVE_STEP_SECONDS, this.newest);
    // Closed by the append of this very tick, after the streams were looked up.
    if (until <= from) return [];
    const steps = { from, to: until, stepSeconds: LIVE_STEP_SECONDS };
    const reading = await this.reading(steps);
    this.steps += stepCount(steps);
    const ends = stepEnds(steps).filter((_, k) => (reading.coveredSeconds[k] ?? 0) > 0);
    if (from !== to && !ends.some((end) => end <= to)) return [];
    this.done = until;
    this.coveredUntil = ends.at(-1) ?? this.coveredUntil;
    const { unit, streams } = this.held;
    const differing = streams.map((stream) => {
      const group = reading.groups.get(groupKey(unit.slo.groupBy, stream.group ?? {}));
      return this.differing(stream, steps, groupSteps(reading, group));
    });
    return (await Promise.all(differing)).flat();
  }

  private async reading(steps: Steps): Promise<SliReading> {
    const { unit, streams } = this.held;
    const lastCoveredAt = steps.from === this.done ? this.coveredUntil : steps.from;
    const [counted, silence] = await Promise.all([
      readSli(this.at, unit.slo, steps, streams[0]?.scale ?? 1n, lastCoveredAt),
      readSilence(this.at, unit.slo, steps),
    ]);
    return withSilence(counted, silence);
  }

  private async differing(
    stream: Stream,
    span: Steps,
    steps: readonly Step[],
  ): Promise<readonly Amendment[]> {
    const points = await this.ledger.series(stream, span.from, span.to, LIVE_STEP_SECONDS);
    const byInstant = new Map(points.map((point) => [point.at, point]));
    return steps.flatMap((step): readonly Amendment[] => {
      const { at, flags } = step;
      const from = at - LIVE_STEP_SECONDS;
      const [start, end] = [byInstant.get(from), byInstant.get(at)];
      if (start === undefined || end === undefined) return [];
      const known = between(start, end, stream);
      const difference = {
        good: step.good - known.good,
        total: step.total - known.total,
        coveredSeconds: step.coveredSeconds - known.coveredSeconds,
      };
      const reason = known.coveredSeconds === 0 ? CAME_AT_ALL : CAME_LATE;
      const amendment = { streamId: stream.id, from, at, known, difference, flags, reason };
      const waited = this.awaited.has(keyOf(stream.id, at));
      const same = !isCounted(amendment) && waited === flags.some(isAwaited);
      return same ? [] : [{ ...amendment, lease: this.held.lease }];
    });
  }
}

const CAME_AT_ALL = 'the source has data now for a step that closed without';
const CAME_LATE = 'samples came after the step was closed';

/** Whether an amendment changes counts, not flags alone. */
export function isCounted({ difference }: Pick<Amendment, 'difference'>): boolean {
  const { good, total, coveredSeconds } = difference;
  return good !== 0n || total !== 0n || coveredSeconds !== 0;
}

function isAwaited(flag: StepFlag): boolean {
  return flag === 'missing' || flag === 'provisional';
}

/** The step that a gap ends in; where slices are counted, the minute that the next slice ends in. */
function stepsBehind(slo: Slo): number {
  return Math.max(1, Math.ceil(sliceSecondsOf(slo) / LIVE_STEP_SECONDS));
}

function keyOf(streamId: number, at: number): string {
  return `${streamId} ${at}`;
}
