import { burnRate } from '../domain/burn-rate';
import { coverageRatio } from '../domain/coverage';
import { errorBudget, sliRatio } from '../domain/error-budget';
import type { Point } from '../domain/point';
import { between } from '../domain/point';
import type { Group, Slo } from '../domain/slo';
import { windowEndingAt } from '../domain/slo-window';
import { add, EMPTY_TALLY, type Tally } from '../domain/tally';
import type { Ledger } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import { computeFigures, instantsFor } from './compute';
import {
  Figurer,
  type FiguresAsked,
  type History,
  type HistoryAsked,
  type HistoryPoint,
} from './figurer';
import type { Figures } from './figures';
import { Reading } from './reading';

/** Figures of any instant, straight from the ledger. */
export class LedgerFigurer extends Figurer {
  constructor(private readonly ledger: Ledger) {
    super();
  }

  async figures({ slo, group, at, objective }: FiguresAsked): Promise<Figures | null> {
    const [first, ...others] = await this.streams(slo, group);
    if (first === undefined) return null;
    const judged: Slo = objective === undefined ? slo : { ...slo, objective };
    const instants = instantsFor(judged, at);
    const points = await this.ledger.pointsAt([first, ...others], instants);
    return computeFigures(
      judged,
      group,
      [first, ...others],
      new Reading(instants, points),
      at,
      () => null,
    );
  }

  async history({ slo, group, from, to, stepSeconds }: HistoryAsked): Promise<History | null> {
    const streams = await this.streams(slo, group);
    if (streams[0] === undefined) return null;
    const starts = new Map<number, number>();
    for (let t = from + stepSeconds; t <= to; t += stepSeconds) {
      starts.set(t, Math.floor(windowEndingAt(slo.window, t).from / 300) * 300);
    }
    const reach = Math.min(from, ...starts.values());
    const series = await Promise.all(
      streams.map((stream) => this.ledger.series(stream, reach, to, 300)),
    );
    const lines = series.map((points, k) => new Line(points, streams[k]));
    const events = (a: number, b: number) => sum(lines.map((line) => line.between(a, b)));
    const points = [...starts].map(([t, start]) =>
      historyPoint(slo, t, events(t - stepSeconds, t), events(start, t), stepSeconds),
    );
    return { scale: streams[0].scale, points };
  }

  private async streams(slo: Slo, group: Group): Promise<readonly Stream[]> {
    const all = await this.ledger.streams([revisionOf(slo)]);
    return all.filter(
      (stream) =>
        stream.service === slo.service &&
        stream.name === slo.name &&
        (group === null || sameGroup(stream.group, group)),
    );
  }
}

function historyPoint(
  slo: Slo,
  t: number,
  step: Tally,
  window: Tally,
  seconds: number,
): HistoryPoint {
  return {
    t,
    good: step.good,
    total: step.total,
    sliRatio: sliRatio(step),
    remainingRatio: errorBudget(window, slo.objective)?.remainingRatio ?? null,
    burnRate: burnRate(step, slo.objective),
    coverageRatio: coverageRatio(step, seconds),
  };
}

/** A stream's points in memory, asked by instant; clamped at both its ends. */
class Line {
  constructor(
    private readonly points: readonly Point[],
    private readonly stream: Stream | undefined,
  ) {}

  between(from: number, to: number): Tally {
    const [a, b] = [this.at(from), this.at(to)];
    if (a === undefined || b === undefined) return EMPTY_TALLY;
    return between(a, b, this.stream?.name ?? '');
  }

  private at(instant: number): Point | undefined {
    let [low, high] = [0, this.points.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.points[middle]?.at ?? Infinity) <= instant) low = middle;
      else high = middle - 1;
    }
    return this.points[low];
  }
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, own) => ({
      ...add(all, own),
      coveredSeconds: Math.max(all.coveredSeconds, own.coveredSeconds),
    }),
    EMPTY_TALLY,
  );
}

export function sameGroup(a: Group, b: Group): boolean {
  if (a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
