import { Logger } from '@nestjs/common';
import type { CallerIs } from '../auth/caller';
import { CalendarMonth } from '../domain/calendar-month';
import { type Slo, sloId } from '../domain/slo';
import type { MonthlyReports } from './monthly-reports';
import type { Report } from './report';
import type { ClosedReport, ReportArchive } from './report-archive';
import type { ReportClock } from './report-clock';
import type { ReportedSlos } from './reported-slos';

export interface ClosingSettings {
  /** Whose months are closed. */
  readonly timeZones: readonly string[];
  /** How long after the month's end late samples are waited for. */
  readonly settleSeconds: number;
}

/** Further back than this, months that nobody closed stay open. */
const MOST_MONTHS = 12;
const BY_ITSELF = 'the month is over';

/** Freezes the reports of months that are over, once among all replicas. */
export class Closing {
  private readonly logger = new Logger('reports');
  /** The last month that this process knows to be closed, by zone. */
  private readonly closedTo = new Map<string, string>();

  constructor(
    private readonly reports: MonthlyReports,
    private readonly slos: ReportedSlos,
    private readonly archive: ReportArchive,
    private readonly clock: ReportClock,
    private readonly settings: ClosingSettings,
  ) {}

  /**
   * Closes what is due: months that have settled, and during which something was defined. What was
   * before is history that was read back, perhaps in part: people close it when they know it to be whole.
   *
   * @param stopped asked between months; the rest is then left to the next start
   * @returns what was closed by this replica
   */
  async closeDue(stopped: () => boolean = () => false): Promise<readonly ClosedReport[]> {
    const closed: ClosedReport[] = [];
    for (const timeZone of this.settings.timeZones) {
      closed.push(...(await this.closeDueIn(timeZone, stopped)));
    }
    return closed;
  }

  private async closeDueIn(
    timeZone: string,
    stopped: () => boolean,
  ): Promise<readonly ClosedReport[]> {
    const settled = this.clock.latest() - this.settings.settleSeconds;
    const last = CalendarMonth.containing(settled, timeZone).plus(-1);
    if (this.closedTo.get(timeZone) === last.name) return [];
    const since = await this.slos.firstDefinedAt();
    const closed: ClosedReport[] = [];
    for (let back = MOST_MONTHS - 1; back >= 0; back -= 1) {
      if (stopped()) return closed;
      const month = last.plus(-back);
      if (since === null || month.span.to <= since) continue;
      if ((await this.archive.find(month.name, month.timeZone)) !== null) continue;
      const made = await this.close(month, BY_ITSELF, null, null);
      if (made !== null) closed.push(made);
    }
    this.closedTo.set(timeZone, last.name);
    return closed;
  }

  /**
   * Freezes a month as it is counted now.
   *
   * @param by null where nobody asked for it
   * @param follows the revision that this one corrects; null for the first
   * @returns null when it is not over yet, or somebody else was faster
   */
  async close(
    month: CalendarMonth,
    reason: string,
    by: CallerIs | null,
    follows: number | null,
  ): Promise<ClosedReport | null> {
    const { from, to } = month.span;
    if (this.clock.latest() < to) return null;
    const slos = await this.slos.since(from);
    const about = follows === null ? slos : await this.definedWhenClosed(slos, month);
    const report = await this.reports.interim(about, month, to);
    if (report === null) return null;
    const closed = await this.archive.close({
      ...{ month: month.name, timeZone: month.timeZone, reason, by, follows },
      at: this.clock.now(),
      content: (revision, previousHash) => contentOf(report, revision, previousHash),
    });
    if (closed !== null) {
      const { revision, hash } = closed;
      this.logger.log(`${month.name} is closed as revision ${revision}, ${hash.slice(0, 12)}`);
    }
    return closed;
  }

  /** A correction counts again what was reported: what was defined since is no part of the month. */
  private async definedWhenClosed(
    slos: readonly Slo[],
    { name, timeZone }: CalendarMonth,
  ): Promise<readonly Slo[]> {
    const [first, since] = await Promise.all([
      this.archive.find(name, timeZone, 1),
      this.slos.definedSince(),
    ]);
    const closedAt = first?.closedAt ?? Infinity;
    return slos.filter((slo) => (since.get(sloId(slo)) ?? -Infinity) <= closedAt);
  }
}

/** What is hashed: everything but the hash itself. */
function contentOf(report: Report, revision: number, previousHash: string | null): string {
  const closed: Report = { ...report, state: 'closed', revision, previousHash, hash: null };
  return JSON.stringify(closed);
}
