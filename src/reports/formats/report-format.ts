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
  /** Whether it takes so much of a processor that it is written in a thread of its own. */
  readonly apart?: true;
  /** Piece by piece, of about an SLO each where the format allows. */
  pieces(report: Report, language: Language): AsyncIterable<string | Uint8Array>;
}
