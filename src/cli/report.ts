import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CouldNotRun } from './could-not-run';
import { Progress } from './progress';
import { detailOf, downloadFrom, refusal, serviceAt } from './service-client';

export interface ReportOptions {
  readonly url: string;
  readonly format?: string;
  readonly language?: string;
  readonly service?: string;
  readonly timeZone?: string;
  readonly revision?: string;
  readonly output?: string;
  readonly json?: boolean;
}

const MINUTES_MS = 60_000;
/** A thousand SLOs as PDF. */
const TIMEOUT_MS = 5 * MINUTES_MS;
/** Nobody reads these on a terminal. */
const BINARY = ['pdf', 'xlsx'];

/**
 * `slowburn report`: the uptime report of a month, printed or saved. 1 when there is none.
 *
 * @throws CouldNotRun when the service cannot say
 */
export async function report(month: string, options: ReportOptions): Promise<number> {
  const format = options.json === true ? 'json' : (options.format ?? 'md');
  const { output } = options;
  if (BINARY.includes(format) && output === undefined && process.stdout.isTTY) {
    throw new CouldNotRun(`--format ${format} is not for a terminal: add --output FILE`);
  }
  const service = serviceAt(options.url);
  const query = new URLSearchParams({ format });
  for (const name of ['language', 'service', 'timeZone', 'revision'] as const) {
    const value = options[name];
    if (value !== undefined) query.set(name, value);
  }
  const progress = new Progress('writing the report, kB');
  try {
    const path = `/api/v1/reports/monthly/${encodeURIComponent(month)}?${query.toString()}`;
    const answer = await downloadFrom(service, path, TIMEOUT_MS);
    if (answer.status !== 200 || answer.content === null) {
      if (answer.status !== 404) throw refusal(service, answer.status, answer.problem);
      console.error(detailOf(answer.problem));
      return 1;
    }
    progress.expect(Math.ceil(answer.bytes / 1000));
    const counted = counting((bytes) => {
      progress.advance(bytes / 1000);
    });
    const content = Readable.fromWeb(answer.content);
    if (output === undefined) await pipeline(content, counted, process.stdout, { end: false });
    else await save(content, counted, output);
  } finally {
    progress.stop();
  }
  if (output !== undefined) console.error(`saved ${output}`);
  return 0;
}

/** Under another name until it is whole: a cut connection leaves no half report behind. */
async function save(content: Readable, counted: Transform, output: string): Promise<void> {
  const part = `${output}.part`;
  try {
    await pipeline(content, counted, createWriteStream(part));
    await rename(part, output);
  } catch (error) {
    await rm(part, { force: true });
    throw new CouldNotRun(
      `${output} was not written: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

function counting(advance: (bytes: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      advance(chunk.length);
      done(null, chunk);
    },
  });
}
