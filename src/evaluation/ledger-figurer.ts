import { coverageRatio } from '../domain/coverage';
import { errorBudget, sliRatio } from '../domain/error-budget';
import type { Point } from '../domain/point';
import type { Objective } from '../domain/objective';
import { type Group, type Slo, sloId } from '../domain/slo';
import type { DefinitionHistory } from '../ledger/definition-history';
import { GRID_SECONDS } from '../ledger/grid';
import type { LedgerReader } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import { budgetStart, burnWhereKnown, computeFigures, instantsFor } from './compute';
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
import { type Counted, countedBetween, together } from './missing-time';
import { type ObjectiveChanges, objectiveOver, objectivePieces } from './objective-pieces';
import { Reading } from './reading';
import { sameGroup, streamsOf } from './streams-of';
import { SucceedingLedger } from './succeeding-ledger';

/** Figures of any instant, straight from the ledger. */
export class LedgerFigurer extends Figurer {
  constructor(
    private readonly ledger: LedgerReader,
    private readonly definitions: Pick<DefinitionHistory, 'objectives'>,
  ) {
    super();
  }

  async figures({ slo, group, at, objective }: FiguresAsked): Promise<Figures | null> {
    const ledger = new SucceedingLedger(this.ledger);
    const streams = await this.streams(ledger, slo, group, budgetStart(slo, at));
    if (streams === null) return null;
    const judged: Slo = objective === undefined ? slo : { ...slo, objective };
    // Whoever asks for another objective asks what it would have said of all events.
    const changes = objective === undefined ? await this.changes(slo) : [];
    const instants = instantsFor(judged, at, changes);
    const points = await ledger.pointsAt(streams, instants);
    const reading = new Reading(instants, points);
    return computeFigures(judged, group, streams, reading, at, () => null, changes);
  }

  async history({ slo, group, from, to, stepSeconds }: HistoryAsked): Promise<History | null> {
    const starts = new Map<number, number>();
    for (let t = from + stepSeconds; t <= to; t += stepSeconds) starts.set(t, budgetStart(slo, t));
    const read = await this.counts(slo, group, Math.min(from, ...starts.values()), to);
    if (read === null) return null;
    const { scale, counted } = read;
    const changes = await this.changes(slo);
    const points = [...starts].map(([t, start]) => {
      const objective = objectiveOver(
        slo,
        changes,
        { from: start, to: t },
        (piece) => counted(piece.from, piece.to).events,
      );
      const window = counted(start, t);
      return historyPoint(slo, objective, t, counted(t - stepSeconds, t), window, stepSeconds);
    });
    return { scale, points };
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
    const lines = await Promise.all(
      streams.map(
        async (stream) => new Line(stream, await ledger.series(stream, from, to, GRID_SECONDS)),
      ),
    );
    return {
      scale: streams[0]?.scale ?? 1n,
      counted: (a, b) => together(lines.map((line) => line.counted(slo, a, b))),
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
  objective: Objective,
  t: number,
  step: Counted,
  window: Counted,
  seconds: number,
): HistoryPoint {
  return {
    t,
    good: step.events.good,
    total: step.events.total,
    sliRatio: sliRatio(step.events),
    remainingRatio: errorBudget(window.events, objective)?.remainingRatio ?? null,
    burnRate: burnWhereKnown(slo, step, seconds),
    coverageRatio: coverageRatio(step.raw, seconds),
    raw: {
      good: step.raw.good,
      total: step.raw.total,
      sliRatio: sliRatio(step.raw),
      remainingRatio: errorBudget(window.raw, objective)?.remainingRatio ?? null,
    },
  };
}

interface Counts {
  readonly scale: bigint;
  readonly counted: (from: number, to: number) => Counted;
}

/** A stream's points in memory, asked by instant; clamped at both its ends as the ledger does it. */
class Line {
  constructor(
    private readonly stream: Stream,
    private readonly points: readonly Point[],
  ) {}

  counted(slo: Slo, from: number, to: number): Counted {
    return countedBetween(slo, this.stream, this.at(from), this.at(to));
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
