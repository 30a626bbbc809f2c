import { ApiProperty } from '@nestjs/swagger';
import { MARKER_KINDS, type MarkerKind } from '../exclusions/marker-store';
import { TouchingExclusionView, WindowView } from './view-types';

/** Bad events of a time; shares are of the budget of the SLO window that ends at `window.to`. */
export class SpentView {
  readonly bad!: number;
  readonly total!: number;
  /** Null where that budget is not known, or allows nothing. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly shareRatio!: number | null;
}

/** What counts, and beside it what was seen. */
export class SpentBothView extends SpentView {
  @ApiProperty({ type: SpentView })
  readonly raw!: SpentView;
}

/** Something that happened, as `/markers` lists it. */
export class EpisodeMarkerView {
  readonly id!: string;
  @ApiProperty({ enum: MARKER_KINDS })
  readonly kind!: MarkerKind;
  /** RFC 3339. */
  readonly at!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly end!: string | null;
  readonly text!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly link!: string | null;
}

/** A maximal span in which bad events came faster than budget. */
export class EpisodeView extends SpentBothView {
  /** RFC 3339, exclusive. */
  readonly start!: string;
  /** RFC 3339, inclusive; null while nothing that was seen since says that it is over. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly end!: string | null;
  /** Up to its last step that burned. */
  readonly durationSeconds!: number;
  /** The fastest burn over a step, and when that ended. */
  readonly peakBurnRate!: number;
  readonly peakAt!: string;
  /** Share of its time that was seen. */
  readonly coverage!: number;
  /** Time in it that people decided not to count: what `raw` has more than the rest. */
  @ApiProperty({ type: [TouchingExclusionView] })
  readonly exclusions!: readonly TouchingExclusionView[];
  /** Deploys and incidents in it, or up to a quarter of an hour before. */
  @ApiProperty({ type: [EpisodeMarkerView] })
  readonly markers!: readonly EpisodeMarkerView[];
}

/** What spent a budget: the episodes and the rest add up to exactly what was consumed. */
export class EpisodesView {
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  /** RFC 3339: what was looked at, on the five-minute grid. */
  readonly from!: string;
  readonly to!: string;
  /** Whose budget the shares are of: the SLO window that ends at `to`. */
  readonly window!: WindowView;
  @ApiProperty({ type: 'number', nullable: true })
  readonly allowedBad!: number | null;
  readonly merge!: string;
  readonly count!: number;
  /** All episodes together, on all pages. */
  @ApiProperty({ type: SpentBothView })
  readonly episodes!: SpentBothView;
  /** What fell outside of them. */
  @ApiProperty({ type: SpentBothView })
  readonly rest!: SpentBothView;
  /** Both together. */
  @ApiProperty({ type: SpentBothView })
  readonly all!: SpentBothView;
  @ApiProperty({ type: [EpisodeView] })
  readonly items!: readonly EpisodeView[];
  @ApiProperty({ type: 'string', nullable: true })
  readonly nextCursor!: string | null;
  /** Why shares are null. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly reason!: string | null;
}
