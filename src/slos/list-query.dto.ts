import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { STATUSES, type Status } from '../domain/status';
import { PageQuery } from '../http/page.dto';

export const SORTS = [
  'name',
  '-name',
  'remaining',
  '-remaining',
  'burn',
  '-burn',
  'status',
  '-status',
] as const;
export type Sort = (typeof SORTS)[number];

/** What `GET /slos` can be asked; `label.<name>` filters come beside these. */
export class ListQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @Length(1, 63)
  readonly service?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly team?: string;

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: Status;

  /** Text that occurs in the service, the name, the group or the description. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly q?: string;

  /** By name, remaining budget, burn over the last hour, or status (worst first); `-` turns it round. */
  @ApiPropertyOptional({ enum: SORTS })
  @IsOptional()
  @IsIn(SORTS)
  readonly sort?: Sort;

  /** `sparkline` gives each row the last 30 days, for a small chart. */
  @ApiPropertyOptional({ enum: ['sparkline'] })
  @IsOptional()
  @IsIn(['sparkline'])
  readonly include?: 'sparkline';
}
