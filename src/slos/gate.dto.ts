import { IsOptional, IsString, Length } from 'class-validator';

/** Which SLOs' gates; `label.<name>` filters come beside these. */
export class GatesQuery {
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
