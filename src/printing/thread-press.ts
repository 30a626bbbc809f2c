import { once } from 'node:events';
import { join } from 'node:path';
import { addAbortSignal, Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { ReportFormat } from '../reports/formats/report-format';
import { Press } from '../reports/press';
import type { Report } from '../reports/report';
import type { Language } from '../reports/words/language';
import { printingBegins, printingEnds } from './heap-growth';
import { GO_ON, type Said } from './messages';
import { Print } from './print';

const SCRIPT = join(__dirname, 'thread.js');
/** Handed over at once; copying a thousand would hold everything up. */
const SLOS_AT_ONCE = 25;
/** Each takes a processor and its share of memory; others wait for their turn. */
const THREADS = 2;
/** Each holds its report in memory. */
const MOST_WAITING = 8;

/** Writes in pieces, and in threads what would hold up everything else. */
export class ThreadPress extends Press {
  private readonly turn = pLimit(THREADS);
  private waiting = 0;

  /** @param script what the threads run */
  constructor(private readonly script = SCRIPT) {
    super();
  }

  override isBusy({ apart }: ReportFormat): boolean {
    return apart === true && this.waiting >= MOST_WAITING;
  }

  override print(
    format: ReportFormat,
    report: Report,
    language: Language,
    cut?: AbortSignal,
  ): Readable {
    const stream =
      format.apart === true
        ? new Print((gone) => this.apart(format.name, report, language, gone, this.place(gone)))
        : Readable.from(format.pieces(report, language), { objectMode: false });
    return cut === undefined ? stream : addAbortSignal(cut, stream);
  }

  private async *apart(
    format: string,
    report: Report,
    language: Language,
    gone: AbortSignal,
    place: Promise<void>,
  ): AsyncGenerator<Uint8Array | string> {
    await place;
    gone.throwIfAborted();
    const worker = new Worker(this.script, { workerData: { format, language } });
    printingBegins();
    try {
      await handOver(worker, report, gone);
      for (;;) {
        const [said] = (await once(worker, 'message', { signal: gone })) as [Said];
        if (said.kind === 'end') return;
        yield said.piece;
        worker.postMessage(GO_ON);
      }
    } finally {
      await worker.terminate();
      printingEnds();
    }
  }

  /** Waits for one of the threads that may run at once. It is left with the signal, also by whoever still waits. */
  private async place(gone: AbortSignal): Promise<void> {
    this.waiting += 1;
    await new Promise<void>((go) => {
      const left = once(gone, 'abort').then(() => undefined);
      void left.then(go);
      void this.turn(() => {
        go();
        return gone.aborted ? undefined : left;
      });
    });
    this.waiting -= 1;
  }
}

async function handOver(
  worker: Worker,
  { slos, ...around }: Report,
  gone: AbortSignal,
): Promise<void> {
  const failed = once(worker, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  for (let k = 0; k < slos.length; k += SLOS_AT_ONCE) {
    worker.postMessage({ slos: slos.slice(k, k + SLOS_AT_ONCE) });
    await Promise.race([new Promise(setImmediate), failed]);
    gone.throwIfAborted();
  }
  worker.postMessage({ around });
}
