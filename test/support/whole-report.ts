import { addAbortSignal, Readable } from 'node:stream';
import type { ReportFormat } from '../../src/reports/formats/report-format';
import { Press } from '../../src/reports/press';
import type { Report } from '../../src/reports/report';
import type { Language } from '../../src/reports/words/language';

/** A report in a format, from its first byte to its last. */
export async function wholeReport(
  format: ReportFormat,
  report: Report,
  language: Language,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of format.pieces(report, language)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

/** Without threads, which run only what has been built. */
export class PlainPress extends Press {
  busy = false;

  override isBusy(): boolean {
    return this.busy;
  }

  override print(
    format: ReportFormat,
    report: Report,
    language: Language,
    cut?: AbortSignal,
  ): Readable {
    const stream = Readable.from(format.pieces(report, language), { objectMode: false });
    return cut === undefined ? stream : addAbortSignal(cut, stream);
  }
}
