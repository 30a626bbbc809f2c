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
  /** Seconds of this SLO that the ledger knows the events of. */
  readonly ledgerSeconds: number;
}

export type Examination = (examined: Examined) => Promise<readonly Symptom[]>;
