import { ApiProperty } from '@nestjs/swagger';
import type { AlertKind } from '../domain/alert-policy';
import { PageSpanView } from './replay-view-types';

/** A tier as it was replayed. */
export class RehearsedTierView {
  @ApiProperty({ enum: ['page', 'ticket'] })
  readonly kind!: AlertKind;
  /** What it would have been called. */
  readonly severity!: string;
  /** On the five-minute grid. */
  readonly long!: string;
  readonly short!: string;
  readonly factor!: number;
  /** Of the budget, spent when it fires after its whole long window. */
  readonly shareRatio!: number;
  readonly forSeconds!: number;
  /** False where even a full outage would not set it off. */
  readonly canFire!: boolean;
  /** How often it would have fired. */
  readonly count!: number;
  readonly firingMinutes!: number;
}

/** A time at which somebody would have been woken. */
export class RehearsedPageView extends PageSpanView {
  /** Windows of the tier that fired first: `1h/5m`. */
  readonly tier!: string;
  /** From the beginning of the unbroken burn that it told of; null where there was none. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly detectionSeconds!: number | null;
  /** What that burn had spent by then, as a share of one window's budget. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly spentRatio!: number | null;
}

export class RehearsedPagesView {
  readonly count!: number;
  /** Per 30 days; null where nothing was replayed. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly perMonth!: number | null;
  readonly firingMinutes!: number;
  /** Share of one window's budget that was spent before the first page; null without a page. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly spentBeforeFirstRatio!: number | null;
  @ApiProperty({ type: [RehearsedPageView] })
  readonly spans!: readonly RehearsedPageView[];
}

export class RehearsedTicketsView {
  /** How many there would have been. */
  readonly count!: number;
  @ApiProperty({ type: 'number', nullable: true })
  readonly perMonth!: number | null;
  readonly firingMinutes!: number;
}

/** A maximal time in which bad events came faster than budget. */
export class RehearsedEpisodeView {
  readonly start!: string;
  readonly end!: string;
  readonly bad!: number;
  /** Of one window's budget. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly spentRatio!: number | null;
  /** Whether a ticket told of it. */
  readonly ticketed!: boolean;
}

/** How soon episodes were noticed, and which were not. */
export class NoticedView {
  /** Episodes that a page told of. */
  readonly paged!: number;
  /** Episodes that began while a page was firing. */
  readonly alreadyPaged!: number;
  /** From the beginning of an episode to its page, over the paged ones; null where there are none. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly medianDetectionSeconds!: number | null;
  @ApiProperty({ type: 'number', nullable: true })
  readonly worstDetectionSeconds!: number | null;
  /** Episodes that nobody was woken for. */
  readonly unpaged!: number;
  /** What these spent together, as a share of one window's budget. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly unpagedSpentRatio!: number | null;
  /** Those of them that spent the most, five at most. */
  @ApiProperty({ type: [RehearsedEpisodeView] })
  readonly largestUnpaged!: readonly RehearsedEpisodeView[];
}

/** What one policy would have done. */
export class RehearsedPolicyView {
  readonly name!: string;
  /** Policies of this answer with the same tiers. */
  @ApiProperty({ type: [String] })
  readonly sameAs!: readonly string[];
  @ApiProperty({ type: [RehearsedTierView] })
  readonly tiers!: readonly RehearsedTierView[];
  @ApiProperty({ type: RehearsedPagesView, nullable: true })
  readonly pages!: RehearsedPagesView | null;
  @ApiProperty({ type: RehearsedTicketsView, nullable: true })
  readonly tickets!: RehearsedTicketsView | null;
  @ApiProperty({ type: NoticedView, nullable: true })
  readonly noticed!: NoticedView | null;
  /** Why it was not rehearsed; null where it was. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly reason!: string | null;
}

export class EpisodeCountView {
  readonly count!: number;
  @ApiProperty({ type: 'number', nullable: true })
  readonly spentRatio!: number | null;
}

/** Alert policies side by side, replayed over the same time. */
export class RehearsalView {
  /** `service/name`. */
  readonly slo!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  /** As exact decimal text. */
  readonly objective!: string;
  readonly window!: string;
  /** RFC 3339, exclusive: later than asked where nothing was counted before. */
  readonly from!: string;
  /** RFC 3339, inclusive. */
  readonly to!: string;
  /** All episodes of the time, whoever noticed them. */
  @ApiProperty({ type: EpisodeCountView })
  readonly episodes!: EpisodeCountView;
  @ApiProperty({ type: [RehearsedPolicyView] })
  readonly policies!: readonly RehearsedPolicyView[];
}
