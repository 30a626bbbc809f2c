import type { Report } from '../report';
import type { Language } from '../words/language';

/** One way to write a report down; all of them say the same figures. */
export interface ReportFormat {
  readonly name: string;
  readonly contentType: string;
  /** Of files, without the dot. */
  readonly extension: string;
  /** Whether it speaks to people; what machines read is the same in every language. */
  readonly hasWords: boolean;
  /** Content-Security-Policy of what a browser shows. */
  readonly policy?: string;
  render(report: Report, language: Language): Promise<string | Uint8Array>;
}
