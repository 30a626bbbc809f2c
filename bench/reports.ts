import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CalendarMonth } from '../src/domain/calendar-month';
import { GRID_SECONDS } from '../src/ledger/grid';
import type { RunningService } from '../test/support/service';
import { fillSteps } from './ledger-world';
import { type Measured, report } from './report';
import { withServedSlos } from './served-slos';
import { median } from './statistics';

const SLOS = 1_000;
/** Back to the beginning of last month, whatever day it is. */
const DAYS = 62;
const FORMATS = ['json', 'csv', 'xlsx', 'pdf', 'html', 'md'] as const;
const LOOK_EVERY_MS = 20;

const SECONDS: Readonly<Partial<Record<(typeof FORMATS)[number], number>>> = { json: 2, pdf: 20 };
/** How long whoever asks for anything else may be kept waiting meanwhile. */
const STALL_MS = 500;
/** By how much the process may grow from the first byte of what is written in pieces to its last. */
const RISE_MEGABYTES: Readonly<Partial<Record<(typeof FORMATS)[number], number>>> = { pdf: 50 };

/** Last month's report of a thousand SLOs, in every format, from the built service. */
export async function reports(): Promise<boolean> {
  const end = Math.floor(Date.now() / 1000 / GRID_SECONDS) * GRID_SECONDS;
  const month = CalendarMonth.containing(end, 'UTC').plus(-1);
  return withServedSlos(
    SLOS,
    (ledger, lease, slos) =>
      fillSteps(ledger, lease, slos, { end, days: DAYS, stepSeconds: GRID_SECONDS, minutes: 0 }),
    async (service) => {
      const before = await residentMegabytes(service.pid);
      const measured: Measured[] = [{ name: 'resident before', value: before, unit: 'MB' }];
      for (const format of FORMATS) {
        measured.push(...linesOf(format, await download(service, month.name, format)));
      }
      const title = `The report of ${month.name}, ${SLOS} SLOs`;
      const file = join(__dirname, '..', 'results', 'bench-reports.json');
      return report(title, measured, file);
    },
  );
}

interface Download {
  readonly firstByteMs: number;
  readonly wholeMs: number;
  readonly bytes: number;
  readonly residentMegabytes: number;
  readonly riseMegabytes: number;
  /** The longest that `GET /health` took meanwhile, and its median. */
  readonly longestWaitMs: number;
  readonly usualWaitMs: number;
}

async function download(service: RunningService, month: string, format: string): Promise<Download> {
  const watched = new Watch(service);
  const began = performance.now();
  const answer = await service.get(`/api/v1/reports/monthly/${month}?format=${format}&language=en`);
  if (!answer.ok || answer.body === null) throw new Error(`${format}: ${answer.status}`);
  let [firstByteMs, bytes] = [NaN, 0];
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    if (bytes === 0) {
      firstByteMs = performance.now() - began;
      await watched.fromNow();
    }
    bytes += piece.length;
  }
  return { firstByteMs, wholeMs: performance.now() - began, bytes, ...(await watched.end()) };
}

/** Looks at the service from outside while it is at work. */
class Watch {
  private readonly waits: number[] = [];
  private resident = 0;
  private from = { then: NaN, most: NaN };
  private ended = false;
  private readonly looking: Promise<void>;

  constructor(private readonly service: RunningService) {
    this.looking = this.look();
  }

  /** Where the rise begins. */
  async fromNow(): Promise<void> {
    const now = await residentMegabytes(this.service.pid);
    this.from = { then: now, most: now };
  }

  async end(): Promise<Omit<Download, 'firstByteMs' | 'wholeMs' | 'bytes'>> {
    this.ended = true;
    await this.looking;
    return {
      residentMegabytes: this.resident,
      riseMegabytes: this.from.most - this.from.then,
      longestWaitMs: Math.max(...this.waits),
      usualWaitMs: median(this.waits),
    };
  }

  private async look(): Promise<void> {
    do {
      const began = performance.now();
      await (await this.service.get('/health')).arrayBuffer();
      this.waits.push(performance.now() - began);
      const now = await residentMegabytes(this.service.pid);
      this.resident = Math.max(this.resident, now);
      this.from.most = Math.max(this.from.most, now);
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    } while (!this.ended);
  }
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kilobytes) / 1_000;
}

function linesOf(format: (typeof FORMATS)[number], of: Download): readonly Measured[] {
  const [seconds, rise] = [SECONDS[format], RISE_MEGABYTES[format]];
  return [
    {
      name: `${format}: whole`,
      ...{ value: of.wholeMs / 1000, unit: 's' },
      ...(seconds === undefined ? {} : { target: seconds }),
      note: `${(of.bytes / 1e6).toFixed(1)} MB`,
    },
    { name: `${format}: first byte`, value: of.firstByteMs / 1000, unit: 's' },
    { name: `${format}: resident at most`, value: of.residentMegabytes, unit: 'MB' },
    {
      name: `${format}: resident, rise from first byte to last`,
      ...{ value: of.riseMegabytes, unit: 'MB' },
      ...(rise === undefined ? {} : { target: rise }),
    },
    {
      name: `${format}: longest wait of another request`,
      ...{ value: of.longestWaitMs, unit: 'ms', target: STALL_MS },
      note: `median ${of.usualWaitMs.toFixed(1)} ms`,
    },
  ];
}
