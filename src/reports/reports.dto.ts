import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { REPORT_FORMATS } from './formats/formats';
import { type Language, LANGUAGES } from './words/language';

const FORMATS = REPORT_FORMATS.map(({ name }) => name);

/** How a report is wanted. */
export class ReportQuery {
  @ApiPropertyOptional({ enum: FORMATS, default: 'json' })
  @IsOptional()
  @IsIn(FORMATS)
  readonly format: string = 'json';

  /** Of words and figures for people; by `Accept-Language` unless told, then English. */
  @ApiPropertyOptional({ enum: LANGUAGES })
  @IsOptional()
  @IsIn(LANGUAGES)
  readonly language?: Language;

  /** Only the SLOs of one service. */
  @IsOptional()
  @IsString()
  @Length(1, 63)
  readonly service?: string;

  /** Of a closed report; the latest unless told. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly revision?: number;

  /** IANA zone of the month; `REPORT_TIME_ZONE` unless told. */
  @IsOptional()
  @IsString()
  @Length(1, 64)
  readonly timeZone?: string;
}
