import type { Slo } from '../domain/slo';
import { type Ledger, LedgerUnavailable } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Finding } from './finding';

export interface LedgerReach {
  /** Seconds of which it knows the events, in all its time. */
  readonly coveredSeconds: (slo: Slo) => number;
  readonly findings: readonly Finding[];
}

/** How much the ledger holds of each SLO; one that does not answer is believed to hold everything. */
export async function ledgerReach(
  ledger: Pick<Ledger, 'streams'> | null,
  slos: readonly Slo[],
): Promise<LedgerReach> {
  if (ledger === null) return { coveredSeconds: () => 0, findings: [] };
  try {
    const streams = await ledger.streams(slos.map(revisionOf));
    const covered = new Map<string, number>();
    for (const stream of streams) {
      const { oldest, newest } = stream;
      const own = newest.coveredSeconds - oldest.coveredSeconds;
      covered.set(keyOf(stream), Math.max(covered.get(keyOf(stream)) ?? 0, own));
    }
    return {
      coveredSeconds: (slo) => covered.get(keyOf({ ...slo, revision: revisionOf(slo) })) ?? 0,
      findings: [],
    };
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
    return { coveredSeconds: () => Infinity, findings: [finding] };
  }
}

function keyOf({
  service,
  name,
  revision,
}: Record<'service' | 'name' | 'revision', string>): string {
  return JSON.stringify([service, name, revision]);
}
