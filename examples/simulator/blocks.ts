import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Fleet } from './fleet';
import { history, SAMPLE_SECONDS } from './history';

/**
 * The length of a block; Prometheus aligns blocks to multiples of it. promtool reads its whole
 * input once for every block it makes, so each block gets a file of its own.
 */
export const BLOCK_SECONDS = 162 * 3_600;
/** promtool runs that go on at once; one more would only fight for the processor. */
const AT_ONCE = 2;

export interface BlocksAsked {
  readonly fleet: Fleet;
  readonly from: number;
  /** Asked when only the last block is left, so that the history ends as late as it can. */
  readonly to: () => number;
  readonly promtool: string;
  /** Prometheus' data directory. */
  readonly directory: string;
  readonly onProgress?: (doneRatio: number) => void;
  /** Ends whatever promtool is running. */
  readonly signal?: AbortSignal;
}

/** Writes a fleet's history into a Prometheus data directory. */
export async function writeBlocks(asked: BlocksAsked): Promise<void> {
  const scratch = join(asked.directory, 'openmetrics');
  await mkdir(scratch, { recursive: true });
  const made: Promise<void>[] = [];
  const running = new Set<Promise<void>>();
  for (let from = asked.from, end = asked.to(); from < end; end = asked.to()) {
    asked.signal?.throwIfAborted();
    // A sample on the border belongs to the block that begins there.
    const firstSample = from + SAMPLE_SECONDS;
    const border = (Math.floor(firstSample / BLOCK_SECONDS) + 1) * BLOCK_SECONDS;
    const to = Math.min(border - SAMPLE_SECONDS, end);
    const file = join(scratch, `${from}.om`);
    await pipeline(Readable.from(history(asked.fleet, from, to)), createWriteStream(file));
    const block = createBlock(asked, file);
    const slot = block.then(
      () => void running.delete(slot),
      () => void running.delete(slot),
    );
    running.add(slot);
    made.push(block);
    asked.onProgress?.((to - asked.from) / (end - asked.from));
    if (to === end) break;
    from = to;
    if (running.size >= AT_ONCE) await Promise.race(running);
  }
  await Promise.all(made);
  await rm(scratch, { recursive: true, force: true });
}

async function createBlock(asked: BlocksAsked, file: string): Promise<void> {
  const { promtool, directory, signal } = asked;
  const child = spawn(
    promtool,
    [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      '--quiet',
      `--max-block-duration=${BLOCK_SECONDS / 3_600}h`,
      file,
      directory,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], ...(signal && { signal }) },
  );
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  await rm(file);
  if (code !== 0) {
    throw new Error(`${promtool} could not make a block of ${file}: ${complaint.trim()}`);
  }
}
