import { MINUTE_SECONDS } from '../domain/duration';
import type { AuditTrail, Refusal } from './audit-trail';
import { PerAddress } from './per-address';

/** Rows a minute: of one address, and of all together whatever their number. */
const ROWS_PER_ADDRESS = 10;
const ROWS_IN_ALL = 100;

interface Rows {
  minute: number;
  written: number;
}

/**
 * Writes refused attempts to the audit, but no flood of them: past a number per minute they are only
 * counted, and the next row says how many.
 */
export class Refusals {
  private readonly addresses = new PerAddress(
    () => ({ minute: 0, written: 0, leftOut: 0 }),
    ({ leftOut }) => {
      this.leftOutElsewhere += leftOut;
    },
  );
  private readonly all: Rows = { minute: 0, written: 0 };
  private leftOutElsewhere = 0;

  /** @param failed told when a row could not be written; the next one counts it */
  constructor(
    private readonly audit: AuditTrail,
    private readonly nowSeconds: () => number,
    private readonly failed: (error: unknown) => void,
  ) {}

  async record(refusal: Refusal): Promise<void> {
    const minute = Math.floor(this.nowSeconds() / MINUTE_SECONDS);
    const own = this.addresses.of(refusal.address);
    if (!hasRoom(own, minute, ROWS_PER_ADDRESS) || !hasRoom(this.all, minute, ROWS_IN_ALL)) {
      own.leftOut += 1;
      return;
    }
    own.written += 1;
    this.all.written += 1;
    const told = { leftOut: own.leftOut, leftOutElsewhere: this.leftOutElsewhere };
    own.leftOut = 0;
    this.leftOutElsewhere = 0;
    try {
      await this.audit.refused({ ...refusal, ...told });
    } catch (error) {
      own.leftOut += told.leftOut + 1;
      this.leftOutElsewhere += told.leftOutElsewhere;
      this.failed(error);
    }
  }
}

function hasRoom(rows: Rows, minute: number, most: number): boolean {
  if (rows.minute !== minute) {
    rows.minute = minute;
    rows.written = 0;
  }
  return rows.written < most;
}
