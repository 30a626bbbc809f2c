import { ApiProperty } from '@nestjs/swagger';
import { type Role, ROLES } from './role';

/** Who asks, and what answers. */
export class MeView {
  /** As the audit calls them: `admin`, `token:<name>`, or `anonymous` where no token is asked for. */
  readonly id!: string;
  /** The token's name; null for the token of the environment, and where no token is asked for. */
  readonly name!: string | null;
  @ApiProperty({ enum: ROLES })
  readonly role!: Role;
  /** Whether the service asks for tokens. */
  @ApiProperty({ enum: ['none', 'token'] })
  readonly auth!: 'none' | 'token';
  /** Of the service. */
  readonly version!: string;
  /** IANA zone of the months of reports. */
  readonly reportTimeZone!: string;
  /** Names of the data sources. */
  @ApiProperty({ type: [String] })
  readonly datasources!: readonly string[];
  /** Seconds from one evaluation to the next: figures change no more often. */
  readonly evaluationIntervalSeconds!: number;
}
