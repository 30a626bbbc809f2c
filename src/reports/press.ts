import type { ReportFormat } from './formats/report-format';
import type { Report } from './report';
import type { Language } from './words/language';

/** Writes reports down, so that whoever else waits is served meanwhile. */
export abstract class Press {
  /** Whether so many wait for a format that another reader should come later. */
  abstract isBusy(format: ReportFormat): boolean;

  /**
   * Closed before its end, it stops at once.
   *
   * @param cut closes it, with an error
   */
  abstract print(
    format: ReportFormat,
    report: Report,
    language: Language,
    cut?: AbortSignal,
  ): NodeJS.ReadableStream;
}
