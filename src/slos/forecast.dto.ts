import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches } from 'class-validator';
import { AtQuery } from './figure-query.dto';

export const DEFAULT_BURN = '1h';

/** Asks what becomes of a budget. */
export class ForecastQuery extends AtQuery {
  /** The window whose burn is taken to go on: 5m, 30m, 1h, 2h, 6h, 1d, 3d, an alert window or the SLO's own. */
  @ApiPropertyOptional({ default: DEFAULT_BURN })
  @IsOptional()
  @Matches(/^(\d+[wdhms])+$/, { message: 'burn must be a window such as 5m, 1h, 6h or 1d' })
  readonly burn?: string;

  /** When is so much of the budget left again? `25%` or `0.25`. */
  @ApiPropertyOptional({ default: '0%' })
  @IsOptional()
  @IsString()
  readonly backTo?: string;
}
