import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { type Role, ROLES } from './role';

/** Lower-case words with dots and dashes: nothing that looks like a token. */
const NAME = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/;

/** What a new token may do, and for how long. */
export class CreateToken {
  /** Unique for ever, also among revoked ones: the audit calls its holder `token:<name>`. */
  @Matches(NAME, {
    message: 'name must be 1 to 63 lower-case letters, digits, dots and dashes, such as ci-deploy',
  })
  readonly name!: string;

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  readonly role!: Role;

  /** A duration from now on, such as `90d`; without it the token does not expire. */
  @IsOptional()
  @IsString()
  readonly expiresIn?: string;
}

export class TokenPath {
  @IsUUID()
  readonly id!: string;
}

/** A token without what it is. */
export class TokenView {
  readonly id!: string;
  readonly name!: string;
  @ApiProperty({ enum: ROLES })
  readonly role!: Role;
  @ApiProperty({ enum: ['active', 'expired', 'revoked'] })
  readonly state!: 'active' | 'expired' | 'revoked';
  /** RFC 3339. */
  readonly createdAt!: string;
  /** `admin`, or `token:<name>`. */
  readonly createdBy!: string;
  /** Null: never. */
  readonly expiresAt!: string | null;
  /** To the minute. */
  readonly lastUsedAt!: string | null;
  readonly revokedAt!: string | null;
}

export class CreatedTokenView extends TokenView {
  /** Shown only here; what is kept of it is a hash. */
  readonly token!: string;
}

export class TokenPage {
  @ApiProperty({ type: [TokenView] })
  readonly items!: readonly TokenView[];
  /** Null on the last page. */
  readonly nextCursor!: string | null;
}
