import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { IsInstant } from '../http/is-instant';
import { PageQuery } from '../http/page.dto';
import { ALERT_NAMES, type AlertName } from './alert';

const NAMES = Object.values(ALERT_NAMES);

/** What `GET /alerts` can be asked; `label.<name>` filters come beside these. */
export class AlertsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['firing', 'resolved'] })
  @IsOptional()
  @IsIn(['firing', 'resolved'])
  readonly state?: 'firing' | 'resolved';

  @IsOptional()
  @IsString()
  @Length(1, 63)
  readonly service?: string;

  /** `service/name`. */
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/, {
    message: 'service/name',
  })
  readonly slo?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly severity?: string;

  @ApiPropertyOptional({ enum: NAMES })
  @IsOptional()
  @IsIn(NAMES)
  readonly alertname?: AlertName;

  /** Only alerts that were open at or after this instant. */
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  /** Only alerts that began before this instant. */
  @IsOptional()
  @IsInstant()
  readonly to?: string;
}

/** The figures that an alert began or ended with. */
export class AlertFiguresView {
  @ApiProperty({ type: Number, nullable: true })
  burnLong!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  burnShort!: number | null;

  /** Bad events over the long window, or over the SLO window where the alert has none. */
  @ApiProperty({ type: Number, nullable: true })
  bad!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  total!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  remainingRatio!: number | null;
}

/** An alert from its beginning to its end. */
export class AlertView {
  id!: string;

  @ApiProperty({ enum: NAMES })
  alertname!: AlertName;

  /** `service/name`. */
  slo!: string;

  @ApiProperty({ type: Object, nullable: true, additionalProperties: { type: 'string' } })
  group!: Readonly<Record<string, string>> | null;

  @ApiProperty({ enum: ['page', 'ticket'] })
  kind!: 'page' | 'ticket';

  /** What the definition calls it. */
  severity!: string;

  /** The tier's name; null for alerts without windows, as are its windows and factor. */
  @ApiProperty({ type: String, nullable: true })
  tier!: string | null;

  @ApiProperty({ type: String, nullable: true })
  long!: string | null;

  @ApiProperty({ type: String, nullable: true })
  short!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  factor!: number | null;

  @ApiProperty({ enum: ['firing', 'resolved'] })
  state!: 'firing' | 'resolved';

  startedAt!: string;

  @ApiProperty({ type: String, nullable: true })
  endedAt!: string | null;

  /** `recovered`, or `gone` where the SLO, its group or its tier is no more. */
  @ApiProperty({ enum: ['recovered', 'gone'], nullable: true })
  endedBy!: 'recovered' | 'gone' | null;

  /** Over both windows when it began. */
  @ApiProperty({ type: Number, nullable: true })
  burnLong!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  burnShort!: number | null;

  /** The guard of the definition that keeps it from being sent. */
  @ApiProperty({ type: String, nullable: true })
  heldBy!: string | null;

  atStart!: AlertFiguresView;

  @ApiProperty({ type: AlertFiguresView, nullable: true })
  atEnd!: AlertFiguresView | null;

  @ApiProperty({ type: Object, additionalProperties: { type: 'string' } })
  labels!: Readonly<Record<string, string>>;

  @ApiProperty({ type: Object, additionalProperties: { type: 'string' } })
  annotations!: Readonly<Record<string, string>>;
}

export class AlertPage {
  items!: AlertView[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
