import { type Slo, sloId } from '../domain/slo';
import type { CountedSlo } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import { budgetStart } from './compute';
import type { Figures } from './figures';
import { grouped } from './grouped';
import type { SucceedingLedger } from './succeeding-ledger';

/**
 * The streams that each SLO is told by, continued backwards. Groups of an earlier definition are told
 * only as long as the present one has none.
 */
export async function shownStreams(
  ledger: SucceedingLedger,
  slos: readonly Slo[],
  present: readonly Stream[],
  earlier: readonly Stream[],
  at: number,
): Promise<readonly (readonly Stream[])[]> {
  const now = grouped(present, keyOf);
  const before = grouped(earlier, sloId);
  const continued = await ledger.continued(
    slos.map((slo) => ({
      present:
        now.get(keyOf({ service: slo.service, name: slo.name, revision: revisionOf(slo) })) ?? [],
      earlier: before.get(sloId(slo)) ?? [],
      reach: budgetStart(slo, at),
    })),
  );
  return continued.map((streams) => streams.filter(({ id }) => id > 0));
}

/**
 * A group ends after a whole SLO window in which it had no event, and begins again with its next; its
 * history stays in the ledger. An SLO without groups never ends.
 */
export function hasEnded({ burn, budget }: Figures, stream: Stream | null): boolean {
  if (stream?.group == null) return false;
  const window = burn.find(({ windowSeconds }) => windowSeconds === budget.windowSeconds);
  return window?.raw.events.total === 0n && stream.oldest.at <= window.span.from;
}

function keyOf({ service, name, revision }: CountedSlo): string {
  return `${service}/${name}@${revision}`;
}
