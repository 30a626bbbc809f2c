import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { ReportFormat } from '../reports/formats/report-format';
import { Press } from '../reports/press';
import type { Report } from '../reports/report';
import type { Language } from '../reports/words/language';
import { GO_ON, type Said } from './messages';

const SCRIPT = join(__dirname, 'thread.js');
/** Handed over at once; copying a thousand would hold everything up. */
const SLOS_AT_ONCE = 25;
/** Each takes a processor and its share of memory; others wait for their turn. */
const THREADS = 2;

/** Writes in pieces, and in threads what would hold up everything else. */
export class ThreadPress extends Press {
  private readonly turn = pLimit(THREADS);

  override print(format: ReportFormat, report: Report, language: Language): Readable {
    const pieces =
      format.apart === true
        ? this.apart(format.name, report, language)
        : format.pieces(report, language);
    return Readable.from(pieces, { objectMode: false });
  }

  private async *apart(
    format: string,
    report: Report,
    language: Language,
  ): AsyncGenerator<Uint8Array | string> {
    const place = await this.place();
    const worker = new Worker(SCRIPT, { workerData: { format, language } });
    try {
      await handOver(worker, report);
      for (;;) {
        const [said] = (await once(worker, 'message')) as [Said];
        if (said.kind === 'end') return;
        yield said.piece;
        worker.postMessage(GO_ON);
      }
    } finally {
      await worker.terminate();
      place.leave();
    }
  }

  /** One of the threads that may run at once, until it is left. */
  private place(): Promise<{ readonly leave: () => void }> {
    return new Promise((resolve) => {
      void this.turn(
        () =>
          new Promise<void>((leave) => {
            resolve({ leave });
          }),
      );
    });
  }
}

async function handOver(worker: Worker, { slos, ...around }: Report): Promise<void> {
  const failed = once(worker, 'error').then(([error]) => Promise.reject(error as Error));
  for (let k = 0; k < slos.length; k += SLOS_AT_ONCE) {
    worker.postMessage({ slos: slos.slice(k, k + SLOS_AT_ONCE) });
    await Promise.race([new Promise(setImmediate), failed]);
  }
  worker.postMessage({ around });
  failed.catch(() => undefined);
}
