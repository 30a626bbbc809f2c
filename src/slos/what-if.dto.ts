import { IsOptional, IsString } from 'class-validator';
import { IsInstant } from '../http/is-instant';

/** Asks what another objective would have said. */
export class WhatIfQuery {
  /** `99.9%` or `0.999`; the SLO's own where it is left out. */
  @IsOptional()
  @IsString()
  readonly objective?: string;

  /** RFC 3339: alerts are replayed from here, on the five-minute grid; 30 days before `to` where it is left out. */
  @IsOptional()
  @IsInstant()
  readonly from?: string;

  /** RFC 3339; now where it is left out. */
  @IsOptional()
  @IsInstant()
  readonly to?: string;
}
