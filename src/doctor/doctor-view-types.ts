import { ApiProperty } from '@nestjs/swagger';
import { type Check, CHECKS, type Severity } from './finding';

export class FindingView {
  @ApiProperty({ enum: CHECKS })
  readonly check!: Check;
  @ApiProperty({ enum: ['error', 'warning', 'info'] })
  readonly severity!: Severity;
  /** `service/name`; null when it is about a data source or the ledger. */
  readonly slo!: string | null;
  readonly datasource!: string | null;
  /** Where the SLO is defined, `file:line:column`. */
  readonly place!: string | null;
  /** The field of the definition: `sli.ratio.total`; empty when it is none. */
  readonly path!: string;
  /** What was found. */
  readonly value!: string;
  /** What is allowed; may be empty. */
  readonly allowed!: string;
  /** What to do; may be empty. */
  readonly action!: string;
  /** All of it in one sentence. */
  readonly message!: string;
}

export class DoctorView {
  readonly checkedAt!: string;
  /** How many SLOs were looked at. */
  readonly slos!: number;
  @ApiProperty({ type: () => [FindingView] })
  readonly findings!: readonly FindingView[];
  /** SLOs that were not looked at wholly: time was up, or their source does not answer. */
  @ApiProperty({ type: [String] })
  readonly unfinished!: readonly string[];
}
