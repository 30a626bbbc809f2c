import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Treatment } from '../domain/exclusion';
import type { Status } from '../domain/status';

/** A look-back or budget window, with the instants used. */
export class WindowView {
  @ApiProperty({ enum: ['rolling', 'calendar'] })
  readonly kind!: 'rolling' | 'calendar';
  /** `30d`, or the calendar period: `month`. */
  readonly duration!: string;
  /** RFC 3339, exclusive. */
  readonly from!: string;
  /** RFC 3339, inclusive. */
  readonly to!: string;
}

export class EventsView {
  readonly good!: number;
  readonly bad!: number;
  readonly total!: number;
}

/** Null figures cannot be known; `reason` says why. */
export class AllowanceView {
  /** 1 - objective. */
  readonly ratio!: number;
  readonly allowedBad!: number | null;
  readonly consumedRatio!: number | null;
  /** Signed: negative when overspent. */
  readonly remainingRatio!: number | null;
  readonly remainingBad!: number | null;
  readonly totalSeconds!: number;
  readonly consumedSeconds!: number | null;
  readonly remainingSeconds!: number | null;
}

/** How much of the window was seen, and what the rest could have changed. */
export class CoverageView {
  readonly ratio!: number;
  readonly remainingRatioWorst!: number | null;
  readonly remainingRatioBest!: number | null;
}

export class RawView {
  readonly sli!: number | null;
  readonly remainingRatio!: number | null;
}

/** Time that people decided not to count, as far as it touched a window. */
export class TouchingExclusionView {
  /** As `/exclusions` lists it. */
  readonly id!: string;
  /** RFC 3339: where it first touched the window, rounded outward to whole steps. */
  readonly from!: string;
  /** RFC 3339: where it last did. */
  readonly to!: string;
  /** How often, for a recurring one. */
  readonly occurrences!: number;
  /** For how long. */
  readonly seconds!: number;
  @ApiProperty({ enum: ['drop', 'countGood'] })
  readonly treatment!: Treatment;
  readonly reason!: string;
  readonly author!: string;
}

export class BudgetView {
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  /** RFC 3339. */
  readonly at!: string;
  readonly objective!: number;
  readonly window!: WindowView;
  readonly events!: EventsView;
  readonly sli!: number | null;
  readonly budget!: AllowanceView;
  readonly coverage!: CoverageView;
  /** By what was seen alone: without exclusions, and without what `noData` makes of missing time. */
  readonly raw!: RawView;
  /** Those that touched the window. */
  @ApiProperty({ type: [TouchingExclusionView] })
  readonly exclusions!: readonly TouchingExclusionView[];
  @ApiProperty({ enum: ['healthy', 'at_risk', 'critical', 'exhausted', 'no_data'] })
  readonly status!: Status;
  /** Why figures are null. */
  readonly reason!: string | null;
}

export class FiringView {
  @ApiProperty({ enum: ['page', 'ticket'] })
  readonly kind!: 'page' | 'ticket';
  /** What the definition calls it. */
  readonly severity!: string;
  readonly long!: string;
  readonly short!: string;
  readonly factor!: number;
  readonly firing!: boolean;
  readonly since!: string | null;
}

/** Without exclusions, and without what `noData` makes of missing time. */
export class RawBurnView {
  readonly burnRate!: number | null;
  readonly bad!: number;
  readonly total!: number;
}

export class BurnWindowView {
  readonly burnRate!: number | null;
  readonly bad!: number;
  readonly total!: number;
  readonly coverage!: number;
  readonly raw!: RawBurnView;
  readonly reason!: string | null;
}

export class BurnRatesView {
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  readonly at!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/BurnWindowView' },
  })
  readonly windows!: Readonly<Record<string, BurnWindowView>>;
  @ApiProperty({ type: () => [FiringView] })
  readonly alerts!: readonly FiringView[];
}

/** The last 30 UTC days of a row, the oldest first and today last; rounded to six digits, for drawing. */
export class SparklineView {
  /** The first day, `YYYY-MM-DD`. */
  readonly from!: string;
  /** Of each day; null where it had no events. */
  @ApiProperty({ type: 'array', items: { type: 'number', nullable: true } })
  readonly sli!: readonly (number | null)[];
  /** Of the SLO window that ends with each day, for today of the one that ends now; null where it had no events. */
  @ApiProperty({ type: 'array', items: { type: 'number', nullable: true } })
  readonly remainingRatio!: readonly (number | null)[];
}

/** A row of the list: the budget, and what a table shows beside it. */
export class SloRow extends BudgetView {
  readonly service!: string;
  readonly name!: string;
  readonly team!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly labels!: Readonly<Record<string, string>>;
  readonly description!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number', nullable: true } })
  readonly burnRates!: Readonly<Record<string, number | null>>;
  @ApiProperty({ type: () => [FiringView] })
  readonly alerts!: readonly FiringView[];
  readonly dataAgeSeconds!: number | null;
  /** Where `include=sparkline` asks for it. */
  @ApiPropertyOptional({ type: SparklineView })
  readonly sparkline?: SparklineView;
}

export class SloPage {
  @ApiProperty({ type: () => [SloRow] })
  readonly items!: readonly SloRow[];
  readonly nextCursor!: string | null;
}

export class HistoryCounts {
  readonly good!: number;
  readonly total!: number;
  readonly sli!: number | null;
  readonly remainingRatio!: number | null;
}

/** Events of the step that ends at `t`; remaining budget of the window that ends there. */
export class HistoryPointView extends HistoryCounts {
  readonly t!: string;
  readonly burnRate!: number | null;
  /** Of the windows of `windows` that end at `t`; null below half coverage. */
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'number', nullable: true },
  })
  readonly burnRates?: Readonly<Record<string, number | null>>;
  readonly coverage!: number;
  readonly raw!: HistoryCounts;
}

export class HistoryView {
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  readonly step!: string;
  @ApiProperty({ type: () => [HistoryPointView] })
  readonly points!: readonly HistoryPointView[];
}

/** Where a definition stands and what it says. */
export class DefinitionView {
  @ApiProperty({ enum: ['file', 'api'] })
  readonly origin!: 'file' | 'api';
  readonly file!: string;
  readonly line!: number;
  /** True while the file has turned bad and this is its last good text. */
  readonly stale!: boolean;
  readonly objective!: string;
  readonly window!: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly sli!: object;
  @ApiProperty({ type: [String] })
  readonly groupBy!: readonly string[];
  readonly budgeting!: string;
  readonly noData!: string;
  readonly datasource!: string;
  readonly revision!: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly counting!: object;
  readonly runbook!: string | null;
}

/** A field that a revision changed; null where it was not there, or is not any more. */
export class RevisionChangeView {
  readonly field!: string;
  @ApiProperty({ nullable: true })
  readonly before!: unknown;
  @ApiProperty({ nullable: true })
  readonly after!: unknown;
}

/** What the definition said for a while; every event is judged by the objective of its time. */
export class RevisionView {
  readonly from!: string;
  /** Null while it is in force. */
  readonly to!: string | null;
  /** Who brought it into force; `files` where a definition file did. */
  readonly by!: string;
  readonly requestId!: string | null;
  /** `service/name` that it had then. */
  readonly slo!: string;
  readonly objective!: string;
  /** Revision of what is counted: another one is another stream. */
  readonly revision!: string;
  /** Whether counting went on with it, went on where it had stopped, or began. */
  @ApiProperty({ enum: ['new', 'kept', 'resumed'] })
  readonly stream!: 'new' | 'kept' | 'resumed';
  /** What it changed of the revision before, field by field. */
  @ApiProperty({ type: () => [RevisionChangeView] })
  readonly changes!: readonly RevisionChangeView[];
  readonly origin!: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly spec!: Readonly<Record<string, unknown>>;
}

export class SloView {
  readonly slo!: string;
  readonly description!: string | null;
  readonly team!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly labels!: Readonly<Record<string, string>>;
  readonly definition!: DefinitionView;
  /** RFC 3339; null while it is defined. */
  readonly retiredAt!: string | null;
  /** Newest first. */
  @ApiProperty({ type: () => [RevisionView] })
  readonly revisions!: readonly RevisionView[];
  /** The latest figures: one row, or one per group. */
  @ApiProperty({ type: () => [SloRow] })
  readonly figures!: readonly SloRow[];
}
