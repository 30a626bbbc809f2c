import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';

/** In which zone a month is meant. */
export class MonthQuery {
  /** IANA zone of the month; `REPORT_TIME_ZONE` unless told. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  readonly timeZone?: string;
}

export class DifferencesQuery extends MonthQuery {
  /** The latest unless told. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly revision?: number;
}

/** Why a month is closed by hand, or corrected. */
export class CloseMonth {
  @IsString()
  @Length(1, 1_000)
  readonly reason!: string;
}

export class ClosedReportView {
  /** `2026-10`. */
  month!: string;
  timeZone!: string;
  revision!: number;
  closedAt!: string;
  author!: string;
  reason!: string;
  /** SHA-256 of `previousHash`, a line feed and the report as JSON with `hash` null. */
  hash!: string;

  @ApiProperty({ type: String, nullable: true })
  previousHash!: string | null;
}

/** How a report's way to one of the configured targets stands. */
export class DeliveryView {
  target!: string;

  @ApiProperty({ enum: ['pending', 'failing', 'delivered'] })
  state!: 'pending' | 'failing' | 'delivered';

  /** Of the last attempt. */
  @ApiProperty({ type: String, nullable: true })
  at!: string | null;

  attempts!: number;

  /** Why it was not delivered; it is tried again. */
  @ApiProperty({ type: String, nullable: true })
  error!: string | null;
}

export class ListedReportView extends ClosedReportView {
  deliveries!: DeliveryView[];
}

export class ClosedReportsPage {
  items!: ListedReportView[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class ChainFaultView {
  month!: string;
  timeZone!: string;
  revision!: number;
  hash!: string;

  @ApiProperty({ type: String, nullable: true })
  previousHash!: string | null;

  reason!: string;
}

export class ChainVerdictView {
  valid!: boolean;
  /** Reports that were found to fit, the oldest first in each zone. */
  checked!: number;

  /** The first that does not fit. */
  @ApiProperty({ type: ChainFaultView, nullable: true })
  fault!: ChainFaultView | null;
}

export class FieldDifference {
  field!: string;

  @ApiProperty({ type: Object, nullable: true })
  before!: unknown;

  @ApiProperty({ type: Object, nullable: true })
  after!: unknown;
}

export class DifferencesView extends ClosedReportView {
  /** None where it is the first revision. */
  changes!: FieldDifference[];
}
