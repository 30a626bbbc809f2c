import type { Provider } from '@nestjs/common';
import { MonthlyReports } from './monthly-reports';
import { ReportClock } from './report-clock';
import { ReportsController } from './reports.controller';

export const REPORT_CONTROLLERS = [ReportsController];

/** What the controllers of reports ask for. */
export function reportProviders(parts: {
  readonly reports: MonthlyReports;
  readonly clock: ReportClock;
}): readonly Provider[] {
  return [
    { provide: MonthlyReports, useValue: parts.reports },
    { provide: ReportClock, useValue: parts.clock },
  ];
}
