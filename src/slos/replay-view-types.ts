import { ApiProperty } from '@nestjs/swagger';
import type { AlertKind } from '../domain/alert-policy';

/** A time during which an alert would have been firing. */
export class FiringSpanView {
  /** RFC 3339. */
  readonly from!: string;
  /** RFC 3339; null while it was still firing at the end. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly to!: string | null;
  /** From the beginning of the unbroken burn that it told of; null where there was none. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly detectionSeconds!: number | null;
  /** What that burn had spent by then, as a share of one window's budget. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly spentRatio!: number | null;
}

/** One pair of alert windows, with the times at which it would have fired. */
export class TierReplayView {
  @ApiProperty({ enum: ['page', 'ticket'] })
  readonly kind!: AlertKind;
  /** What the definition calls it. */
  readonly severity!: string;
  /** Its long window, `1h`. */
  readonly long!: string;
  /** Its short window, `5m`. */
  readonly short!: string;
  /** Burn rate above which both must be. */
  readonly factor!: number;
  /** How often it would have fired. */
  readonly count!: number;
  @ApiProperty({ type: [FiringSpanView] })
  readonly firings!: readonly FiringSpanView[];
}

export class PageSpanView {
  readonly from!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly to!: string | null;
}

/** Times at which someone would have been paged; pages that overlap wake once. */
export class PagesView {
  /** How many there would have been. */
  readonly count!: number;
  /** Per 30 days of the time that was replayed; null where none was. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly perMonth!: number | null;
  /** Share of one window's budget that was spent before the first page; null without a page. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly spentBeforeFirstRatio!: number | null;
  @ApiProperty({ type: [PageSpanView] })
  readonly spans!: readonly PageSpanView[];
}

/** What the alerts would have done over a span, step by step on the five-minute grid. */
export class AlertReplayView {
  /** RFC 3339, exclusive: later than asked where nothing was counted before. */
  readonly from!: string;
  /** RFC 3339, inclusive. */
  readonly to!: string;
  readonly pages!: PagesView;
  @ApiProperty({ type: [TierReplayView] })
  readonly tiers!: readonly TierReplayView[];
}

/** The strictest objective that was met, its budget to three significant digits. */
export class StrictestView {
  /** The ratio as exact decimal text, `0.99956`; null with a reason. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly objective!: string | null;
  /** Bad events that it would have left. */
  @ApiProperty({ type: 'number', nullable: true })
  readonly remainingBad!: number | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly reason!: string | null;
}
