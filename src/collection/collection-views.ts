import { ApiProperty } from '@nestjs/swagger';

/** Seconds of history read and wanted, summed over the SLOs. */
export class BackfillView {
  readonly done!: number;
  readonly total!: number;
}

export class SourceView {
  readonly name!: string;
  /** Where people reach it: `externalUrl` of the configuration, its own address otherwise. */
  readonly address!: string | null;
  /** Null before the first request. */
  readonly up!: boolean | null;
  readonly lagSeconds!: number | null;
  /** The source's clock minus ours. */
  readonly clockSkewSeconds!: number | null;
  readonly error!: string | null;
  /** Requests by outcome since this process started. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' } })
  readonly queries!: Readonly<Record<string, number>>;
}

/** An SLO that is not collected, and why. */
export class FailureView {
  readonly slo!: string;
  readonly message!: string;
}

/** A fault in a definition file. */
export class ProblemView {
  @ApiProperty({ enum: ['error', 'warning'] })
  readonly severity!: 'error' | 'warning';
  readonly file!: string;
  readonly line!: number;
  readonly column!: number;
  readonly path!: string;
  readonly message!: string;
}

/** A query of the last tick that was asked for many SLOs at once. */
export class AskedQueryView {
  readonly query!: string;
  /** SLOs that it was asked for. */
  readonly slos!: number;
  readonly series!: number;
  readonly samples!: number;
}

export class CollectionView {
  readonly slos!: number;
  readonly streams!: number;
  readonly queriesPerTick!: number;
  @ApiProperty({ type: () => [AskedQueryView] })
  readonly queries!: readonly AskedQueryView[];
  /** Seconds from the oldest stream's newest point to the newest step that is due. */
  readonly lagSeconds!: number | null;
  readonly missedSteps!: number;
  readonly backfill!: BackfillView;
  @ApiProperty({ type: () => [SourceView] })
  readonly sources!: readonly SourceView[];
  @ApiProperty({ type: () => [FailureView] })
  readonly failures!: readonly FailureView[];
  /** What looks like a slip although it can be collected. */
  @ApiProperty({ type: () => [FailureView] })
  readonly warnings!: readonly FailureView[];
  @ApiProperty({ type: () => [ProblemView] })
  readonly problems!: readonly ProblemView[];
}

export class DatasourcesView {
  @ApiProperty({ type: () => [SourceView] })
  readonly items!: readonly SourceView[];
}
