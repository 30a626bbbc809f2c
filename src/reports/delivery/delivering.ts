import type { DeliveryConfig } from '../../config/config';
import { LedgerUnavailable } from '../../ledger/ledger';
import type { ClosedReport, ReportArchive } from '../report-archive';
import type { Attempted, DeliveryLog } from './delivery-log';
import type { Parcel } from './parcel';
import { NotDelivered, type ReportTarget } from './report-target';
import { attemptOf, type ClosedMeta, wants } from './wanted';

export interface DeliveringSettings {
  /** Epoch seconds. */
  readonly now: () => number;
  /** Longer than packing and delivering one report may take, in real seconds. */
  readonly holdSeconds: number;
  /** Those whose months are closed. */
  readonly timeZones: readonly string[];
  readonly pack: (closed: ClosedReport) => Promise<Parcel>;
  /** Ends what is under way. */
  readonly cut: AbortSignal;
}

/** What a round came to. */
export interface Delivered {
  readonly delivered: readonly ClosedMeta[];
  /** What went wrong, and with which report. */
  readonly failures: readonly { readonly report: ClosedMeta; readonly error: Error }[];
  /** What this target still waits for. */
  readonly pending: number;
}

/**
 * Brings each closed report to one target once, whichever replica it is. That it is there is noted
 * afterwards: a process that dies in between has its successor bring it again, under the same id.
 */
export class Delivering {
  constructor(
    private readonly target: ReportTarget,
    private readonly delivery: DeliveryConfig,
    private readonly archive: ReportArchive,
    private readonly log: DeliveryLog,
    private readonly settings: DeliveringSettings,
  ) {}

  /** @param stopping asked between reports; the rest is then left to a later round */
  async round(stopping: () => boolean = () => false): Promise<Delivered> {
    const { name } = this.target;
    const waiting = await this.due();
    const nothing = { delivered: [], failures: [], pending: waiting.length };
    if (waiting.length === 0 || (await this.hold()) === null) return nothing;
    try {
      // Another replica may have brought some meanwhile.
      return await this.bring(await this.due(), stopping);
    } finally {
      // After a failure another replica may fare better.
      await this.log.release(name);
    }
  }

  /** What it wants and has not got, in the order in which it was closed. */
  private async due(): Promise<readonly Due[]> {
    const { name } = this.target;
    const [closed, attempted, targets] = await Promise.all([
      this.archive.list(),
      this.log.attempted(name),
      this.log.targets(),
    ]);
    const since = targets.get(name) ?? Infinity;
    return closed
      .filter((report) => wants(this.delivery, this.settings.timeZones, report, since))
      .map((report) => ({ report, before: attemptOf(attempted, name, report) }))
      .filter(({ before }) => before?.delivered !== true)
      .reverse()
      .sort((a, b) => a.report.closedAt - b.report.closedAt);
  }

  private async bring(due: readonly Due[], stopping: () => boolean): Promise<Delivered> {
    const delivered: ClosedMeta[] = [];
    const failures: { report: ClosedMeta; error: Error }[] = [];
    for (const { report, before } of due) {
      if (stopping() || (await this.hold()) === null) break;
      const error = await this.bringOne(report, before?.reached ?? []);
      if (error === 'lost') break;
      if (error === null) delivered.push(report);
      else failures.push({ report, error });
      if (error instanceof NotDelivered && error.away) break;
    }
    return { delivered, failures, pending: due.length - delivered.length };
  }

  /** @returns what went wrong; `lost` where another replica has taken the target over */
  private async bringOne(
    report: ClosedMeta,
    reached: readonly string[],
  ): Promise<Error | 'lost' | null> {
    const { month, timeZone, revision, hash } = report;
    const consignment = { target: this.target.name, month, timeZone, revision, hash };
    try {
      const closed = await this.archive.find(month, timeZone, revision);
      if (closed === null) throw new NotDelivered('the report is missing in the database');
      const parcel = await this.settings.pack(closed);
      // Packing may have waited for its turn.
      if ((await this.hold()) === null) return 'lost';
      const all = await this.target.deliver(parcel, reached, this.settings.cut);
      await this.log.note({ ...consignment, at: this.settings.now(), reached: all, error: null });
      return null;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (error instanceof LedgerUnavailable) throw error;
      const known = error instanceof NotDelivered;
      // That we end is nothing that anybody should look at; who has it all the same is.
      const told = known && error.reached.length > reached.length;
      if (this.settings.cut.aborted && !told) throw error;
      await this.log.note({
        ...consignment,
        at: this.settings.now(),
        reached: [...new Set([...reached, ...(known ? error.reached : [])])],
        // A fault of our own is told in the log alone.
        error: known ? error.message : 'the report could not be written; the log says why',
      });
      return error;
    }
  }

  private hold(): Promise<number | null> {
    return this.log.hold(this.target.name, this.settings.holdSeconds);
  }
}

interface Due {
  readonly report: ClosedMeta;
  readonly before: Attempted | undefined;
}
