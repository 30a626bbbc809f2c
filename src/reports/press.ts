import type { ReportFormat } from './formats/report-format';
import type { Report } from './report';
import type { Language } from './words/language';

/** Writes reports down, so that whoever else waits is served meanwhile. */
export abstract class Press {
  /** Closed before its end, it stops. */
  abstract print(format: ReportFormat, report: Report, language: Language): NodeJS.ReadableStream;
}
