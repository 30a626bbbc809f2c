import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, IsUrl, Length, Matches } from 'class-validator';
import { IsInstant } from '../http/is-instant';
import { PageQuery } from '../http/page.dto';
import { MARKER_KINDS, type MarkerKind } from './marker-store';

const SLO = /^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/;
const SLO_MESSAGE = 'slo must be SERVICE/NAME, such as shop/api-errors';
const SERVICE = /^[a-z0-9-]{1,63}$/;

/** Something that happened. It changes no figure. */
export class CreateMarker {
  @ApiProperty({ enum: MARKER_KINDS })
  @IsIn(MARKER_KINDS)
  readonly kind!: MarkerKind;

  /** RFC 3339. */
  @IsInstant()
  readonly at!: string;

  /** RFC 3339; for what took a while. */
  @IsOptional()
  @IsInstant()
  readonly end?: string;

  @IsString()
  @Length(1, 1_000)
  readonly text!: string;

  /** `service/name`, where it is about one SLO. */
  @IsOptional()
  @Matches(SLO, { message: SLO_MESSAGE })
  readonly slo?: string;

  /** Where it is about a service; without either it is about everything. */
  @IsOptional()
  @Matches(SERVICE)
  readonly service?: string;

  /** Whatever else there is to know, `{ "version": "1.4.2" }`. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  @IsOptional()
  @IsObject()
  readonly labels?: Readonly<Record<string, unknown>>;

  /** An http or https address. */
  @IsOptional()
  @Length(1, 2_000)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  readonly link?: string;
}

/** What `GET /markers` can be asked. */
export class MarkerQuery extends PageQuery {
  /** RFC 3339: only those that touch the time from here on. */
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  /** RFC 3339: and up to here. */
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  @ApiPropertyOptional({ enum: MARKER_KINDS })
  @IsOptional()
  @IsIn(MARKER_KINDS)
  readonly kind?: MarkerKind;

  /** About this service, one of its SLOs, or everything. */
  @IsOptional()
  @Matches(SERVICE)
  readonly service?: string;

  /** `service/name`: about this SLO, its service, or everything. */
  @IsOptional()
  @Matches(SLO, { message: SLO_MESSAGE })
  readonly slo?: string;
}

export class MarkerView {
  readonly id!: string;
  @ApiProperty({ enum: MARKER_KINDS })
  readonly kind!: MarkerKind;
  readonly at!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly end!: string | null;
  readonly text!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly slo!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly service!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  readonly labels!: Readonly<Record<string, string>>;
  @ApiProperty({ type: 'string', nullable: true })
  readonly link!: string | null;
  readonly createdAt!: string;
  readonly createdBy!: string;
}

export class MarkerPage {
  @ApiProperty({ type: [MarkerView] })
  readonly items!: readonly MarkerView[];
  @ApiProperty({ type: 'string', nullable: true })
  readonly nextCursor!: string | null;
}
