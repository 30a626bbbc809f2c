import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { IsInstant } from '../http/is-instant';
import { DEFAULT_LIMIT, MAX_LIMIT } from '../http/page.dto';
import { AtQuery } from './figure-query.dto';

export const EPISODE_SORTS = ['-share', 'share', '-start', 'start'] as const;
export type EpisodeSort = (typeof EPISODE_SORTS)[number];

/** Which episodes; without `from` and `to` those of the SLO window that ends at `at`. */
export class EpisodesQuery extends AtQuery {
  /** RFC 3339, beside `to` or up to now. */
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  /** RFC 3339; instead of `at`. */
  @IsOptional()
  @IsInstant()
  readonly to?: string;

  /** Episodes that are at most so far apart are told as one, with what lies between. */
  @ApiPropertyOptional({ default: '0s' })
  @IsOptional()
  @Matches(/^(\d+[wdhms])+$/, { message: 'merge must be a Prometheus duration such as 15m' })
  readonly merge?: string;

  /** By share of the budget or by start; `-` begins with the largest or latest. */
  @ApiPropertyOptional({ enum: EPISODE_SORTS, default: '-share' })
  @IsOptional()
  @IsIn(EPISODE_SORTS)
  readonly sort?: EpisodeSort;

  /** How many rows at most. */
  @ApiPropertyOptional({ minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_LIMIT)
  readonly limit: number = DEFAULT_LIMIT;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  readonly cursor?: string;
}
