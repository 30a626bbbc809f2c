import type { ReportNote, ReportSummary, ServiceSummary, SloReport } from './report';

/** How a set of SLOs did. */
export function summaryOf(rows: readonly SloReport[]): ReportSummary {
  const left = rows.flatMap(({ budget }) => budget.remainingRatio ?? []);
  const count = (met: boolean | null) => rows.filter((row) => row.met === met).length;
  const sum = (of: (row: SloReport) => number | null) => {
    const known = rows.map(of).filter((count) => count !== null);
    return rows.length > 0 && known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
  };
  return {
    slos: rows.length,
    met: count(true),
    missed: count(false),
    unknown: count(null),
    leastRemainingRatio: left.length === 0 ? null : Math.min(...left),
    pages: sum(({ alerts }) => alerts.pages),
    tickets: sum(({ alerts }) => alerts.tickets),
  };
}

/** The same service by service, in the order of the rows. */
export function serviceSummaries(rows: readonly SloReport[]): readonly ServiceSummary[] {
  const services = [...new Set(rows.map(({ service }) => service))];
  return services.map((service) => ({
    service,
    ...summaryOf(rows.filter((row) => row.service === service)),
  }));
}

/** Those that concern all, or a service that the report holds. */
export function notesFor(
  notes: readonly ReportNote[],
  services: readonly ServiceSummary[],
): readonly ReportNote[] {
  const held = new Set(services.map(({ service }) => service));
  return notes.filter(({ service }) => service === null || held.has(service));
}
