import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';

/** How a gate answers. */
export class GateQuery {
  /** `200`: also where one may not, for readers to whom 409 is an error; `mayDeploy` says it. */
  @ApiPropertyOptional({ enum: ['200'] })
  @IsOptional()
  @IsIn(['200'])
  readonly closed?: '200';
}

/** Which SLOs' gates; `label.<name>` filters come beside these. */
export class GatesQuery extends GateQuery {
  @IsOptional()
  @IsString()
  @Length(1, 63)
  readonly service?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly team?: string;
}

/** Opens a gate against its policy. */
export class OpenGate {
  /** Why it cannot wait, for whoever reads the audit. */
  @IsString()
  @Length(3, 1000)
  readonly reason!: string;

  /** A duration from now on, such as `2h`; 30 days at most. */
  @IsString()
  @Length(1, 20)
  readonly expiresIn!: string;
}
