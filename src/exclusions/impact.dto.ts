import { ApiProperty } from '@nestjs/swagger';
import { ExclusionView } from './exclusions.dto';

/** Events and budget of an SLO's window; null figures cannot be known. */
export class ImpactFiguresView {
  readonly good!: number;
  readonly bad!: number;
  readonly total!: number;
  @ApiProperty({ type: 'number', nullable: true })
  readonly sli!: number | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly consumedRatio!: number | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly remainingRatio!: number | null;
  /** Over an hour and a day. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number', nullable: true } })
  readonly burnRates!: Readonly<Record<string, number | null>>;
}

/** What a change of exclusions does to one SLO, all its groups together. */
export class ImpactRow {
  readonly slo!: string;
  readonly objective!: number;
  readonly before!: ImpactFiguresView;
  readonly after!: ImpactFiguresView;
}

export class ImpactView {
  readonly dryRun!: true;
  /** RFC 3339: when the figures are of. */
  readonly at!: string;
  readonly exclusion!: ExclusionView;
  /** Names of all SLOs that it is about. */
  @ApiProperty({ type: [String] })
  readonly slos!: readonly string[];
  /** Figures of the first 50 of them. */
  @ApiProperty({ type: [ImpactRow] })
  readonly items!: readonly ImpactRow[];
}
