import type { Status } from '../domain/status';

/** What the command line reads of a row of `GET /api/v1/slos`; a null figure is not known. */
export interface SloRow {
  readonly slo: string;
  readonly group: Readonly<Record<string, string>> | null;
  readonly status: Status;
  readonly objective: number;
  readonly sli: number | null;
  readonly budget: {
    readonly remainingRatio: number | null;
    readonly remainingSeconds: number | null;
  };
  readonly burnRates: Readonly<Record<string, number | null>>;
  readonly reason: string | null;
}
