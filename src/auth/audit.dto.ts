import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length } from 'class-validator';
import { IsInstant } from '../http/is-instant';
import { PageQuery } from '../http/page.dto';

/** What `GET /audit` can be asked; each must match exactly. */
export class AuditQuery extends PageQuery {
  /** `admin`, `token:<name>`, `anonymous`, `files`. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly actor?: string;

  /** Such as `create-token`, `revoke-token`, `refuse`, `define`, `redefine`, `retire`, `backfill`. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  readonly action?: string;

  /** `token:<name>`, `service/name`, or for `refuse` the method and path. */
  @IsOptional()
  @IsString()
  @Length(1, 500)
  readonly subject?: string;

  /** RFC 3339, inclusive. */
  @IsOptional()
  @IsInstant()
  readonly since?: string;
}

export class AuditEntryView {
  readonly id!: string;
  /** RFC 3339. */
  readonly at!: string;
  readonly actor!: string;
  readonly action!: string;
  readonly subject!: string;
  /** The state before; null where there was nothing. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  readonly before!: unknown;
  /** The state after; null where nothing is left. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  readonly after!: unknown;
  /** As in the log. */
  readonly requestId!: string | null;
  readonly address!: string | null;
}

export class AuditPage {
  @ApiProperty({ type: [AuditEntryView] })
  readonly items!: readonly AuditEntryView[];
  /** Null on the last page. */
  readonly nextCursor!: string | null;
}
