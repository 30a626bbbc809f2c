import { once } from 'node:events';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { REPORT_FORMATS } from '../reports/formats/formats';
import type { Report, SloReport } from '../reports/report';
import type { Language } from '../reports/words/language';
import type { Handed, Said } from './messages';

/** Writes one report, in a thread of its own. */
async function print(port: MessagePort): Promise<void> {
  const { format, language } = workerData as {
    readonly format: string;
    readonly language: Language;
  };
  const chosen = REPORT_FORMATS.find(({ name }) => name === format);
  if (chosen === undefined) throw new Error(`there is no format ${format}`);
  for await (const piece of chosen.pieces(await handedOver(port), language)) {
    const allowed = once(port, 'message');
    say(port, { kind: 'piece', piece });
    await allowed;
  }
  say(port, { kind: 'end' });
}

function handedOver(port: MessagePort): Promise<Report> {
  const slos: SloReport[] = [];
  return new Promise((resolve) => {
    const take = (handed: Handed): void => {
      if ('slos' in handed) slos.push(...handed.slos);
      else {
        port.off('message', take);
        resolve({ ...handed.around, slos });
      }
    };
    port.on('message', take);
  });
}

function say(port: MessagePort, said: Said): void {
  port.postMessage(said);
}

if (parentPort !== null) void print(parentPort);
