import type { Provider, Type } from '@nestjs/common';
import { ClosedReportsController } from './closed-reports.controller';
import { Closing } from './closing';
import { ReportDelivery } from './delivery/report-delivery';
import { Press } from './press';
import { ReportArchive } from './report-archive';
import { ReportShelf } from './report-shelf';
import { ReportsController } from './reports.controller';

export const REPORT_CONTROLLERS: readonly Type[] = [ReportsController, ClosedReportsController];

/** What the controllers of reports ask for. */
export function reportProviders(parts: {
  readonly shelf: ReportShelf;
  readonly archive: ReportArchive;
  readonly closing: Closing;
  readonly delivery: ReportDelivery;
  readonly press: Press;
}): readonly Provider[] {
  return [
    { provide: ReportShelf, useValue: parts.shelf },
    { provide: ReportArchive, useValue: parts.archive },
    { provide: Closing, useValue: parts.closing },
    { provide: ReportDelivery, useValue: parts.delivery },
    { provide: Press, useValue: parts.press },
  ];
}
