import { ApiProperty } from '@nestjs/swagger';
import { WindowView } from './view-types';

const INSTANT = { type: 'string', nullable: true } as const;
const NUMBER = { type: 'number', nullable: true } as const;

/** The budget from which the walk begins. */
export class ForecastBudgetView {
  readonly bad!: number;
  @ApiProperty(NUMBER)
  readonly allowedBad!: number | null;
  @ApiProperty(NUMBER)
  readonly remainingRatio!: number | null;
}

/** What is taken to go on as it is. */
export class AssumptionView {
  /** Window of the burn. */
  readonly burn!: string;
  @ApiProperty(NUMBER)
  readonly burnRate!: number | null;
  /** Mean of the time of the SLO window that was seen. */
  @ApiProperty(NUMBER)
  readonly eventsPerSecond!: number | null;
  /** The same as a sentence. */
  readonly text!: string;
}

/** An instant, or why there is none. */
export class InstantView {
  @ApiProperty(INSTANT)
  readonly at!: string | null;
  @ApiProperty(NUMBER)
  readonly inSeconds!: number | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly reason!: string | null;
}

export class MilestoneView {
  readonly at!: string;
  @ApiProperty(NUMBER)
  readonly remainingRatio!: number | null;
}

export class RecoveryView extends InstantView {
  /** When the share that was asked for (`backTo`) is left again. */
  readonly backTo!: number;
  @ApiProperty(INSTANT)
  readonly backAt!: string | null;
  /** When something is left again if no more bad event happens. */
  @ApiProperty(INSTANT)
  readonly withoutFurtherBadAt!: string | null;
  /** The most that is left within the walk. */
  @ApiProperty({ type: MilestoneView })
  readonly highest!: MilestoneView;
}

/** Bad events that leave the window. */
export class LeavingView {
  /** RFC 3339: when they happened. */
  readonly from!: string;
  readonly to!: string;
  /** When they leave. */
  readonly leavesFrom!: string;
  readonly leavesTo!: string;
  readonly bad!: number;
  /** Of the budget that is allowed now. */
  @ApiProperty(NUMBER)
  readonly shareRatio!: number | null;
}

/** What another burn would come to. */
export class CourseView {
  readonly burn!: string;
  @ApiProperty(NUMBER)
  readonly burnRate!: number | null;
  @ApiProperty(INSTANT)
  readonly exhaustedAt!: string | null;
  /** Null, too, where nothing is to recover from. */
  @ApiProperty(INSTANT)
  readonly recoveredAt!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly reason!: string | null;
}

/**
 * How far apart the forecasts of different burns are: no statistics, only one hour, six hours, a day
 * and the one that was asked for. Null where one of them never comes to it.
 */
export class RangeView {
  @ApiProperty(INSTANT)
  readonly earliest!: string | null;
  @ApiProperty(INSTANT)
  readonly latest!: string | null;
}

/** What a calendar period comes to at its end if burn and traffic go on; an assumption, not a count. */
export class ProjectedView {
  /** RFC 3339: then everything begins anew. */
  readonly endsAt!: string;
  readonly allowedBad!: number;
  readonly bad!: number;
  readonly remainingRatio!: number;
  /** When as much is spent as the whole period allows. */
  @ApiProperty(INSTANT)
  readonly exhaustedAt!: string | null;
}

/** When a budget is spent, or back. */
export class ForecastView {
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  /** RFC 3339. */
  readonly at!: string;
  readonly objective!: number;
  readonly window!: WindowView;
  /** Of a calendar window: what is allowed so far. */
  @ApiProperty({ type: ForecastBudgetView })
  readonly budget!: ForecastBudgetView;
  @ApiProperty({ type: AssumptionView })
  readonly assumption!: AssumptionView;
  @ApiProperty({ type: InstantView })
  readonly exhaustion!: InstantView;
  /** How far apart other burns put it. */
  @ApiProperty({ type: RangeView, nullable: true })
  readonly exhaustionRange!: RangeView | null;
  /** Null unless the budget is spent, or a share was asked for. */
  @ApiProperty({ type: RecoveryView, nullable: true })
  readonly recovery!: RecoveryView | null;
  @ApiProperty({ type: RangeView, nullable: true })
  readonly recoveryRange!: RangeView | null;
  /** The forecasts that the ranges are made of. */
  @ApiProperty({ type: [CourseView] })
  readonly courses!: readonly CourseView[];
  /** Up to the exhaustion or the recovery, else over the whole window; those without bad events are left out. */
  @ApiProperty({ type: [LeavingView] })
  readonly leaving!: readonly LeavingView[];
  /** Where the walk ends: one window ahead, or with the calendar's period. */
  @ApiProperty({ type: MilestoneView, nullable: true })
  readonly end!: MilestoneView | null;
  /** Null for rolling windows. */
  @ApiProperty({ type: ProjectedView, nullable: true })
  readonly projected!: ProjectedView | null;
  /** Why nothing can be foretold. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly reason!: string | null;
}
