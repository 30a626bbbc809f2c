import type { Cut } from '../domain/cut';
import type { Slo } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import type { LedgerReader, PointsByStream } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { budgetStart } from './compute';
import type { ExcludedTime } from './excluded-time';
import { lookBacksOf, lookBackStart } from './look-back';
import type { Exclusions, StreamCuts } from './reading';

/** An SLO with the streams it is told by. */
export interface ToldBy {
  readonly slo: Slo;
  readonly streams: readonly Stream[];
}

/**
 * What exclusions cut out of the windows that end at an instant. The edges of cuts are asked for once
 * for all streams that have the same ones, and not at all where nothing is excluded.
 */
export function readCuts(
  ledger: Pick<LedgerReader, 'pointsAt'>,
  told: readonly ToldBy[],
  at: number,
  time: ExcludedTime,
): Promise<Exclusions> {
  return readCutsWithin(ledger, told, (slo) => ({ from: farthestStart(slo, at), to: at }), time);
}

/** The same of any span. */
export async function readCutsWithin(
  ledger: Pick<LedgerReader, 'pointsAt'>,
  told: readonly ToldBy[],
  withinOf: (slo: Slo) => Span,
  time: ExcludedTime,
): Promise<Exclusions> {
  const byCuts = new Map<readonly Cut[], Stream[]>();
  for (const { slo, streams } of told) {
    if (time.of(slo).length === 0) continue;
    const within = withinOf(slo);
    for (const stream of streams) {
      const cuts = time.cuts(slo, stream.group, within);
      if (cuts.length === 0) continue;
      const known = byCuts.get(cuts);
      if (known === undefined) byCuts.set(cuts, [stream]);
      else known.push(stream);
    }
  }
  const found = new Map<number, StreamCuts>();
  for (const [cuts, streams] of byCuts) {
    const edges = await pointsAtEdges(ledger, streams, cuts);
    for (const { id } of streams) found.set(id, { cuts, edges });
  }
  return { time, cuts: found };
}

async function pointsAtEdges(
  ledger: Pick<LedgerReader, 'pointsAt'>,
  streams: readonly Stream[],
  cuts: readonly Cut[],
): Promise<ReadonlyMap<number, PointsByStream>> {
  const instants = [...new Set(cuts.flatMap(({ from, to }) => [from, to]))];
  const points = await ledger.pointsAt(streams, instants);
  return new Map(instants.map((instant, k) => [instant, points[k] ?? new Map()]));
}

/** Where the longest of an SLO's windows begins. */
function farthestStart(slo: Slo, at: number): number {
  const { burnWindows } = lookBacksOf(slo, at);
  const starts = burnWindows.map((seconds) => lookBackStart(at, seconds));
  return Math.min(budgetStart(slo, at), ...starts);
}
