import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { IsInstant } from '../http/is-instant';

/** Which SLO is to be read further back than its window, and how far. */
export class AskBackfill {
  /** `service/name`. */
  @Matches(/^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/, {
    message: 'slo must be SERVICE/NAME, such as shop/api-errors',
  })
  readonly slo!: string;

  /** RFC 3339; past, and within the retention of history. */
  @IsInstant()
  readonly from!: string;
}

export class AskedView {
  /** RFC 3339. */
  readonly from!: string;
  /** `admin`, `token:<name>`, or `anonymous` where no token is asked for. */
  readonly by!: string;
  /** RFC 3339. */
  readonly at!: string;
}

/** What of an SLO's history is still to be read. */
export class SloBackfillView {
  readonly slo!: string;
  /** RFC 3339, back to when history is wanted. */
  readonly from!: string;
  /** RFC 3339, up to when it is still to be read; equal to `from` when all of it is. */
  readonly to!: string;
  /** Steps of five minutes in between. */
  readonly steps!: number;
  /** Null where nobody asked for more than the SLO's window. */
  @ApiProperty({ type: AskedView, nullable: true })
  readonly asked!: AskedView | null;
  /** Why a request changes nothing; null where it does. */
  @ApiProperty({ type: 'string', nullable: true })
  readonly reason!: string | null;
}
