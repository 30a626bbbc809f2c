import type { Group, Slo } from '../domain/slo';
import type { LedgerReader } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';

/** The streams of an SLO's present revision: those of one group, or of all for null. */
export async function streamsOf(
  ledger: Pick<LedgerReader, 'streams'>,
  slo: Slo,
  group: Group,
): Promise<readonly Stream[]> {
  const all = await ledger.streams([revisionOf(slo)]);
  return all.filter(
    (stream) =>
      stream.service === slo.service &&
      stream.name === slo.name &&
      (group === null || sameGroup(stream.group, group)),
  );
}

export function sameGroup(a: Group, b: Group): boolean {
  if (a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
