import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { AlertKind } from '../domain/alert-policy';
import { IsInstant } from '../http/is-instant';

const DURATION = /^(\d+[wdhms])+$/;
const DECIMAL = /^\d{1,9}(\.\d{1,12})?\s*%?$/;

/** One pair of windows: with `share` or `factor`. */
export class RehearsedTierBody {
  @ApiProperty({ enum: ['page', 'ticket'] })
  @IsIn(['page', 'ticket'])
  readonly kind!: AlertKind;

  /** Share of the budget that is spent when it fires after its whole long window: `2%`, `0.02`. */
  @ApiPropertyOptional({ type: 'string' })
  @ValidateIf(({ factor, share }: RehearsedTierBody) => factor === undefined || share !== undefined)
  @Type(() => String)
  @Matches(DECIMAL, { message: 'share must be a share of the budget such as 2% or 0.02' })
  readonly share?: string;

  /** Burn rate above which both windows must be: `14.4`. */
  @ApiPropertyOptional({ type: 'string' })
  @IsOptional()
  @Type(() => String)
  @Matches(DECIMAL, { message: 'factor must be a burn rate such as 14.4' })
  readonly factor?: string;

  /** A Prometheus duration; rounded up to five minutes. */
  @Matches(DURATION, { message: 'long must be a Prometheus duration such as 1h' })
  readonly long!: string;

  @Matches(DURATION, { message: 'short must be a Prometheus duration such as 5m' })
  readonly short!: string;

  /** How long both must burn before it fires; at once where it is left out. */
  @IsOptional()
  @Matches(DURATION, { message: 'for must be a Prometheus duration such as 2m' })
  readonly for?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly severity?: string;
}

/** Tiers under a name; without tiers the name is that of a known policy, or `in-force`. */
export class RehearsedPolicyBody {
  @IsString()
  @Length(1, 63)
  readonly name!: string;

  @ApiPropertyOptional({ type: [RehearsedTierBody] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => RehearsedTierBody)
  readonly tiers?: readonly RehearsedTierBody[];

  /** No page with fewer events over the long window; the SLO's own where it is left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly minEvents?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  readonly minBadEvents?: number;
}

/** Asks what alert policies would have done. */
export class RehearseBody {
  /** `99.9%` or `0.999`: judges all of it; the SLO's own where it is left out. */
  @IsOptional()
  @IsString()
  readonly objective?: string;

  /** RFC 3339, on the five-minute grid; 30 days before `to` where it is left out. */
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  /** RFC 3339; now where it is left out. */
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  /** Episodes that are at most so far apart are taken as one; `0s` where it is left out. */
  @IsOptional()
  @Matches(DURATION, { message: 'merge must be a Prometheus duration such as 30m' })
  readonly merge?: string;

  /** The one in force, and those of the Workbook, Sloth, Pyrra and Grafana where it is left out. */
  @ApiPropertyOptional({ type: [RehearsedPolicyBody] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => RehearsedPolicyBody)
  readonly policies?: readonly RehearsedPolicyBody[];
}
