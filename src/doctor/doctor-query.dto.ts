import { IsOptional, IsString, MaxLength } from 'class-validator';

export class DoctorQuery {
  /** Only the SLOs of one service. */
  @IsOptional()
  @IsString()
  @MaxLength(63)
  readonly service?: string;
}
