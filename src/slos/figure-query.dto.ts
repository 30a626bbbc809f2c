import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { IsInstant } from '../http/is-instant';

/** Asks for an SLO that need not be defined any more. */
export class RetiredQuery {
  /** `true` finds an SLO that is no longer defined, as it was last. */
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly retired?: 'true' | 'false';
}

/** Asks for figures of an instant. */
export class AtQuery extends RetiredQuery {
  /** RFC 3339; now where it is left out, or when the SLO was retired. Floored to the minute, to five minutes once an hour has passed. */
  @IsOptional()
  @IsInstant()
  readonly at?: string;
}

export class BudgetQuery extends AtQuery {
  /** Another objective, `99.9%` or `0.999`: what would have been left of its budget. */
  @IsOptional()
  @IsString()
  readonly objective?: string;
}

export class HistoryQuery extends RetiredQuery {
  /** RFC 3339; the start of the SLO window where it is left out. */
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  /** RFC 3339; now where it is left out. */
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  /** A Prometheus duration, a multiple of 5m; chosen for about 200 points where it is left out. */
  @IsOptional()
  @Matches(/^(\d+[wdhms])+$/, {
    message: 'step must be a Prometheus duration such as 5m, 1h or 1d',
  })
  readonly step?: string;

  /** Windows whose burn rate is told at the end of each step, such as `1h,6h,1d,3d`: up to eight multiples of 5m. */
  @IsOptional()
  @Matches(/^(\d+[wdhms])+(,(\d+[wdhms])+){0,7}$/, {
    message: 'windows must be one to eight Prometheus durations such as 1h,6h,1d,3d',
  })
  readonly windows?: string;
}
