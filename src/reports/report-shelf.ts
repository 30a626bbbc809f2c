import type { CalendarMonth } from '../domain/calendar-month';
import { changedFields, type DefinitionSpec, type FieldChange } from '../ledger/definition-spec';
import type { MonthlyReports } from './monthly-reports';
import type { Report } from './report';
import type { ClosedReport, ReportArchive } from './report-archive';
import type { ReportClock } from './report-clock';
import type { ReportedSlos } from './reported-slos';
import { notesFor, serviceSummaries, summaryOf } from './summaries';

/** Hands out the report of a month: as it was closed, or as it stands. */
export class ReportShelf {
  constructor(
    private readonly reports: MonthlyReports,
    private readonly slos: ReportedSlos,
    private readonly archive: ReportArchive,
    private readonly clock: ReportClock,
  ) {}

  /**
   * @param service only its SLOs; the hash is still that of the whole report
   * @param revision of a closed report; the latest unless told
   * @returns null for a month that has not begun, or a revision that there is not
   */
  async find(
    month: CalendarMonth,
    service: string | null,
    revision?: number,
  ): Promise<Report | null> {
    const closed = await this.archive.find(month.name, month.timeZone, revision);
    if (closed === null && revision !== undefined) return null;
    if (closed !== null) return ofService(reportOf(closed), service);
    const all = await this.slos.since(month.span.from);
    const slos = service === null ? all : all.filter((slo) => slo.service === service);
    return this.reports.interim(slos, month, this.clock.latest());
  }
}

/** The report that was closed, with its hash. */
export function reportOf({ content, hash }: Pick<ClosedReport, 'content' | 'hash'>): Report {
  return { ...(JSON.parse(content) as Report), hash };
}

/** What a report says of one service; of all where it is null. The hash is still that of the whole. */
export function ofService(report: Report, service: string | null): Report {
  if (service === null) return report;
  const slos = report.slos.filter((row) => row.service === service);
  const services = serviceSummaries(slos);
  const { notes } = report;
  return {
    ...report,
    ...(notes === undefined ? {} : { notes: notesFor(notes, services) }),
    ...{ overall: summaryOf(slos), services, slos },
  };
}

/** What one revision says otherwise than another, by SLO and field. */
export function differences(before: Report, after: Report): readonly FieldChange[] {
  return changedFields(bySlo(before), bySlo(after));
}

function bySlo({ slos }: Report): DefinitionSpec {
  return Object.fromEntries(
    slos.map(({ slo, group, days, ...row }) => [
      group === null ? slo : `${slo} ${JSON.stringify(group)}`,
      { ...row, days: Object.fromEntries(days.map(({ date, ...day }) => [date, day])) },
    ]),
  );
}
