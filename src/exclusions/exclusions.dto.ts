import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import { type Treatment, TREATMENTS } from '../domain/exclusion';
import { IsInstant } from '../http/is-instant';
import { PageQuery } from '../http/page.dto';

const SLO = /^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/;
const SLO_MESSAGE = 'slo must be SERVICE/NAME, such as shop/api-errors';
const SERVICE = /^[a-z0-9-]{1,63}$/;
const MOST_REASON = 1_000;

/** Whether a change is made, or only told. */
export class DryRunQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly dryRun?: 'true' | 'false';
}

/** Time that is not to be counted, and whose: exactly one of `slo`, `service` and `label`. */
export class CreateExclusion {
  /** `service/name`. */
  @IsOptional()
  @Matches(SLO, { message: SLO_MESSAGE })
  readonly slo?: string;

  /** All SLOs of a service. */
  @IsOptional()
  @Matches(SERVICE)
  readonly service?: string;

  /** All SLOs with a label, `tier=1`. */
  @IsOptional()
  @Matches(/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*=.{0,200}$/s, {
    message: 'label must be NAME=VALUE, such as tier=1',
  })
  readonly label?: string;

  /** Label values of the groups it is about; all of them where it is left out. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  @IsOptional()
  @IsObject()
  readonly group?: Readonly<Record<string, unknown>>;

  /** RFC 3339, past or future; with `rrule`, the first time. */
  @IsString()
  readonly from!: string;

  /** RFC 3339; or `rrule` with `duration`. */
  @IsOptional()
  @IsString()
  readonly to?: string;

  /** An RFC 5545 rule, `FREQ=WEEKLY;BYDAY=SU`. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  readonly rrule?: string;

  /** How long each time lasts, `2h`. */
  @IsOptional()
  @IsString()
  readonly duration?: string;

  /** An IANA name: whose clocks the rule goes by. UTC where it is left out. */
  @IsOptional()
  @IsString()
  readonly timeZone?: string;

  @ApiPropertyOptional({ enum: TREATMENTS, default: 'drop' })
  @IsOptional()
  @IsIn(TREATMENTS)
  readonly treatment?: Treatment;

  /** Why this time does not count. */
  @IsString()
  @Length(1, MOST_REASON)
  readonly reason!: string;

  /** Who says so; the caller where it is left out, if there is one. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly author?: string;
}

/** What `GET /exclusions` can be asked. */
export class ExclusionQuery extends PageQuery {
  /** RFC 3339: only those that touch the time from here on. */
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  /** RFC 3339: and up to here. */
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  /** `service/name`: only those that it is excluded by. */
  @IsOptional()
  @Matches(SLO, { message: SLO_MESSAGE })
  readonly slo?: string;

  /** `true`: only those that are in effect at this moment; `false`: only the others. */
  @ApiPropertyOptional({ enum: ['true', 'false'] })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly active?: 'true' | 'false';
}

export class ExclusionPath {
  @Matches(/^[a-z0-9.-]{1,200}$/, { message: 'id must be that of an exclusion' })
  readonly id!: string;
}

export const STATES = ['active', 'planned', 'past', 'revoked'] as const;

/** A time at which an exclusion is in effect, rounded outward to five minutes; RFC 3339. */
export class OccurrenceView {
  readonly from!: string;
  readonly to!: string;
}

export class ExclusionView {
  readonly id!: string;
  @ApiProperty({ enum: ['api', 'definition'] })
  readonly origin!: 'api' | 'definition';
  /** The definition that writes it, and must be changed instead; null for those of the API. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly file!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly slo!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly service!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly label!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  readonly group!: Readonly<Record<string, string>> | null;
  readonly from!: string;
  @ApiProperty({ type: 'string', nullable: true })
  readonly to!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly rrule!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly duration!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly timeZone!: string | null;
  @ApiProperty({ enum: TREATMENTS })
  readonly treatment!: Treatment;
  readonly reason!: string;
  readonly author!: string;
  /** In effect now, still to come, over, or taken back. */
  @ApiProperty({ enum: STATES })
  readonly state!: (typeof STATES)[number];
  @ApiProperty({ type: 'string', nullable: true })
  readonly createdAt!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly createdBy!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly revokedAt!: string | null;
  @ApiProperty({ type: 'string', nullable: true })
  readonly revokedBy!: string | null;
  /** In the time that was asked about, otherwise 30 days back and ahead; the first 100. */
  @ApiProperty({ type: [OccurrenceView] })
  readonly occurrences!: readonly OccurrenceView[];
  /** How many more there are in that time. */
  readonly moreOccurrences!: number;
}

export class ExclusionPage {
  @ApiProperty({ type: [ExclusionView] })
  readonly items!: readonly ExclusionView[];
  @ApiProperty({ type: 'string', nullable: true })
  readonly nextCursor!: string | null;
}
