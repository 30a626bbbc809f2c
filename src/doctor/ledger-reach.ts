import type { Slo } from '../domain/slo';
import { type Ledger, LedgerUnavailable } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Finding } from './finding';

export interface LedgerReach {
  /** The oldest instant that the ledger answers for, in epoch seconds; null while it holds nothing. */
  readonly from: (slo: Slo) => number | null;
  readonly findings: readonly Finding[];
}

/** How far back the ledger reaches for each SLO; a ledger that does not answer is believed to. */
export async function ledgerReach(
  ledger: Pick<Ledger, 'streams'> | null,
  slos: readonly Slo[],
): Promise<LedgerReach> {
  if (ledger === null) return { from: () => null, findings: [] };
  try {
    const streams = await ledger.streams(slos.map(revisionOf));
    const oldest = new Map<string, number>();
    for (const { service, name, revision, oldest: point } of streams) {
      const key = keyOf({ service, name, revision });
      oldest.set(key, Math.min(oldest.get(key) ?? Infinity, point.at));
    }
    const from = (slo: Slo) => oldest.get(keyOf({ ...slo, revision: revisionOf(slo) })) ?? null;
    return { from, findings: [] };
  } catch (error) {
    if (!(error instanceof LedgerUnavailable)) throw error;
    const finding: Finding = {
      check: 'ledger-unreachable',
      severity: 'error',
      path: '',
      value: error.message,
      allowed: 'a database that answers',
      action: 'check DATABASE_URL and that the database runs; figures return when it does',
      slo: null,
      datasource: null,
    };
    return { from: () => -Infinity, findings: [finding] };
  }
}

function keyOf({
  service,
  name,
  revision,
}: Record<'service' | 'name' | 'revision', string>): string {
  return JSON.stringify([service, name, revision]);
}
