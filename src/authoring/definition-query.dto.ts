import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { PageQuery } from '../http/page.dto';

/** Whether a change is made, or only told. */
export class DryRunQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly dryRun?: 'true' | 'false';
}

export const ORIGINS = ['file', 'api'] as const;

/** What `GET /definitions` can be asked. */
export class DefinitionQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @Length(1, 63)
  readonly service?: string;

  @ApiPropertyOptional({ enum: ORIGINS })
  @IsOptional()
  @IsIn(ORIGINS)
  readonly origin?: (typeof ORIGINS)[number];

  /** Text that occurs in `service/name`. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly q?: string;
}
