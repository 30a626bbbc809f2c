import type { Report } from '../report';

/** One way to write a report down; all of them say the same figures. */
export interface ReportFormat {
  readonly name: string;
  readonly contentType: string;
  /** Of files, without the dot. */
  readonly extension: string;
  render(report: Report): Promise<string | Uint8Array>;
}
