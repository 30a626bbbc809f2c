import type { Group, Slo } from '../domain/slo';
import type { ExclusionsInForce } from '../ledger/exclusions';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import type { LedgerReader } from '../ledger/ledger';
import { ExcludedTime } from './excluded-time';
import { streamsOf } from './streams-of';
import type { StreamPoints } from './timeline';

interface PointsAsked {
  readonly slo: Slo;
  /** Null asks for all groups together. */
  readonly group: Group;
  /** Epoch seconds. */
  readonly from: number;
  readonly to: number;
}

/** The streams of an SLO's present revision with their five-minute points, and what is cut out of them. */
export async function streamPoints(
  ledger: LedgerReader,
  exclusions: ExclusionsInForce,
  { slo, group, from, to }: PointsAsked,
): Promise<readonly StreamPoints[]> {
  const [inForce, streams] = await Promise.all([
    exclusions.inForce(),
    streamsOf(ledger, slo, group),
  ]);
  const time = new ExcludedTime(inForce);
  return Promise.all(
    streams.map(async (stream) => ({
      stream,
      points: await ledger.series(stream, from, to, GRID_SECONDS),
      cuts: time.cuts(slo, stream.group, { from: floorTo(from, GRID_SECONDS), to }),
    })),
  );
}
