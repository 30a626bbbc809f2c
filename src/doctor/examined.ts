import type { CounterSource } from '../collection/counter-reader';
import type { Slo } from '../domain/slo';
import type { SourceFacts } from './source-facts';
import type { Symptom } from './finding';

/** One SLO at its source, as the checks see it. */
export interface Examined {
  readonly slo: Slo;
  readonly at: CounterSource;
  readonly facts: SourceFacts;
  /** Epoch seconds. */
  readonly now: number;
  /** The oldest instant that the ledger answers for; null while it holds nothing of this SLO. */
  readonly ledgerFrom: number | null;
}

export type Examination = (examined: Examined) => Promise<readonly Symptom[]>;
