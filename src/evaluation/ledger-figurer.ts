import { coverageRatio } from '../domain/coverage';
import { errorBudget, sliRatio } from '../domain/error-budget';
import type { Cut } from '../domain/cut';
import type { Point } from '../domain/point';
import type { Objective } from '../domain/objective';
import { type Group, type Slo, sloId } from '../domain/slo';
import type { Tally } from '../domain/tally';
import type { DefinitionHistory } from '../ledger/definition-history';
import { type ExclusionsInForce, NOTHING_EXCLUDED } from '../ledger/exclusions';
import { GRID_SECONDS } from '../ledger/grid';
import type { LedgerReader } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import { budgetStart, burnWhereKnown, computeFigures, instantsFor } from './compute';
import { CutStream } from './cut-stream';
import { ExcludedTime } from './excluded-time';
import {
  Figurer,
  type FiguresAsked,
  type History,
  type HistoryAsked,
  type HistoryPoint,
  type HistoryStep,
  type Steps,
} from './figurer';
import type { Figures } from './figures';
import {
  budgetedEvents,
  type Counted,
  countedBetween,
  leftSeconds,
  seenOf,
  together,
} from './missing-time';
import { type ObjectiveChanges, objectiveOver, objectivePieces } from './objective-pieces';
import { readCuts } from './read-cuts';
import { Reading } from './reading';
import { sameGroup, streamsOf } from './streams-of';
import { SucceedingLedger } from './succeeding-ledger';

/** Figures of any instant, straight from the ledger. */
export class LedgerFigurer extends Figurer {
  constructor(
    private readonly ledger: LedgerReader,
    private readonly definitions: Pick<DefinitionHistory, 'objectives'>,
    private readonly exclusions: ExclusionsInForce = NOTHING_EXCLUDED,
  ) {
    super();
  }

  async figures(asked: FiguresAsked): Promise<Figures | null> {
    const { slo, group, at, objective, excluding, firingSince = () => null } = asked;
    const ledger = new SucceedingLedger(this.ledger);
    const streams = await this.streams(ledger, slo, group, budgetStart(slo, at));
    if (streams === null) return null;
    const judged: Slo = objective === undefined ? slo : { ...slo, objective };
    // Whoever asks for another objective asks what it would have said of all events.
    const changes = objective === undefined ? await this.changes(slo) : [];
    const instants = instantsFor(judged, at, changes);
    const time = new ExcludedTime(excluding ?? (await this.exclusions.inForce()));
    const cuts = await readCuts(ledger, [{ slo: judged, streams }], at, time);
    const points = await ledger.pointsAt(streams, instants);
    const reading = new Reading(instants, points, cuts);
    return computeFigures(judged, group, streams, reading, at, firingSince, changes);
  }

  async history({
    slo,
    group,
    from,
    to,
    stepSeconds,
    windowsSeconds = [],
  }: HistoryAsked): Promise<History | null> {
    const starts = new Map<number, number>();
    for (let t = from + stepSeconds; t <= to; t += stepSeconds) starts.set(t, budgetStart(slo, t));
    const reach = from + stepSeconds - Math.max(stepSeconds, ...windowsSeconds);
    const read = await this.counts(slo, group, Math.min(reach, ...starts.values()), to);
    if (read === null) return null;
    const changes = await this.changes(slo);
    const points = [...starts].map(([t, start]) => {
      const span = { from: start, to: t };
      const objectiveBy = (counted: Counts['counted']) =>
        objectiveOver(slo, changes, span, (piece) => counted(piece.from, piece.to).events);
      const window = read.counted(start, t);
      const objective = objectiveBy(read.counted);
      const judging = window.cut === undefined ? objective : objectiveBy(read.countedWhole);
      const rollingBurnRates = windowsSeconds.map((seconds) =>
        burnWhereKnown(slo, read.counted(t - seconds, t), seconds),
      );
      const point = historyPoint(slo, t, read.counted(t - stepSeconds, t), stepSeconds, {
        adjusted: remainingOf(budgetedEvents(window, t - start), objective),
        raw: remainingOf(window.raw, judging),
      });
      return { ...point, rollingBurnRates };
    });
    return { scale: read.scale, points };
  }

  async steps({ slo, group, from, to, stepSeconds }: HistoryAsked): Promise<Steps | null> {
    const read = await this.counts(slo, group, from, to);
    if (read === null) return null;
    const steps: HistoryStep[] = [];
    for (let t = from + stepSeconds; t <= to; t += stepSeconds) {
      steps.push({ t, ...read.counted(t - stepSeconds, t) });
    }
    const pieces = objectivePieces(slo.objective, await this.changes(slo), { from, to });
    return { scale: read.scale, pieces, steps };
  }

  /** The events between any two instants of a span; null when an SLO has no such group. */
  private async counts(slo: Slo, group: Group, from: number, to: number): Promise<Counts | null> {
    const ledger = new SucceedingLedger(this.ledger);
    const streams = await this.streams(ledger, slo, group, from);
    if (streams === null) return null;
    const time = new ExcludedTime(await this.exclusions.inForce());
    const lines = await Promise.all(
      streams.map(async (stream) => {
        const points = await ledger.series(stream, from, to, GRID_SECONDS);
        return new Line(slo, stream, points, time.cuts(slo, stream.group, { from, to }));
      }),
    );
    return {
      scale: streams[0]?.scale ?? 1n,
      counted: (a, b) => together(lines.map((line) => line.counted(a, b))),
      countedWhole: (a, b) => together(lines.map((line) => line.countedWhole(a, b))),
    };
  }

  private async changes(slo: Slo): Promise<ObjectiveChanges> {
    return (await this.definitions.objectives()).get(sloId(slo)) ?? [];
  }

  private async earlier(slo: Slo): Promise<readonly Stream[]> {
    const { service, name } = slo;
    const counted = { service, name, revision: revisionOf(slo) };
    return (await this.ledger.earlierStreams?.([counted])) ?? [];
  }

  /** @returns none before anything was collected, null when others were and this group was not */
  private async streams(
    ledger: SucceedingLedger,
    slo: Slo,
    group: Group,
    reach: number,
  ): Promise<readonly Stream[] | null> {
    const present = await streamsOf(this.ledger, slo, null);
    const isWhole = present.length > 0 && present.every(({ oldest }) => oldest.at <= reach);
    const earlier = isWhole ? [] : await this.earlier(slo);
    const [all = []] = await ledger.continued([{ present, earlier, reach }]);
    const own = all.filter((stream) => group === null || sameGroup(stream.group, group));
    return own.length === 0 && group !== null ? null : own;
  }
}

function historyPoint(
  slo: Slo,
  t: number,
  step: Counted,
  seconds: number,
  remaining: { readonly adjusted: number | null; readonly raw: number | null },
): Omit<HistoryPoint, 'rollingBurnRates'> {
  return {
    t,
    good: step.events.good,
    total: step.events.total,
    sliRatio: sliRatio(step.events),
    remainingRatio: remaining.adjusted,
    burnRate: burnWhereKnown(slo, step, seconds),
    coverageRatio: coverageRatio(seenOf(step), leftSeconds(step, seconds)),
    raw: {
      good: step.raw.good,
      total: step.raw.total,
      sliRatio: sliRatio(step.raw),
      remainingRatio: remaining.raw,
    },
  };
}

function remainingOf(events: Tally, objective: Objective): number | null {
  return errorBudget(events, objective)?.remainingRatio ?? null;
}

interface Counts {
  readonly scale: bigint;
  readonly counted: (from: number, to: number) => Counted;
  /** As if nothing were excluded. */
  readonly countedWhole: (from: number, to: number) => Counted;
}

/** A stream's points in memory, asked by instant; clamped at both its ends as the ledger does it. */
class Line {
  private readonly cut: CutStream | null;

  constructor(
    private readonly slo: Slo,
    private readonly stream: Stream,
    private readonly points: readonly Point[],
    cuts: readonly Cut[],
  ) {
    this.cut = cuts.length === 0 ? null : new CutStream(slo, stream, cuts, (at) => this.at(at));
  }

  counted(from: number, to: number): Counted {
    return this.cut?.counted(from, to) ?? this.countedWhole(from, to);
  }

  countedWhole(from: number, to: number): Counted {
    return countedBetween(this.slo, this.stream, this.at(from), this.at(to));
  }

  private at(instant: number): Point {
    const { oldest, newest } = this.stream;
    if (instant >= newest.at) return newest;
    if (instant <= oldest.at) return oldest;
    let [low, high] = [0, this.points.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.points[middle]?.at ?? Infinity) <= instant) low = middle;
      else high = middle - 1;
    }
    return this.points[low] ?? oldest;
  }
}
