import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlocks, type MetricFamily, writeOpenMetrics } from '../test/support/openmetrics';
import type { Span } from './fleet';

/** The longest that promtool makes of `--max-block-duration=648h`; it reads a file once for each. */
const BLOCK_SECONDS = 486 * 3_600;

/** What can be made anew, to the last sample, in pieces. */
export interface History {
  /** What makes one history differ from another, as a name for it. */
  readonly key: string;
  /** In words. */
  readonly what: string;
  /** Epoch seconds. */
  readonly begin: number;
  readonly end: number;
  families(span: Span): Iterable<MetricFamily>;
}

/**
 * A data directory with a history. Made once, which takes minutes and 20 GB of text on the
 * way, and kept in the system's temporary directory, or in `BENCH_DATA`, for the runs that follow.
 */
export async function keptHistory(history: History): Promise<string> {
  const kept = process.env['BENCH_DATA'] ?? join(tmpdir(), 'slowburn-bench-data');
  const directory = join(kept, history.key);
  if (await exists(directory)) return directory;
  console.log(`making ${directory}: ${history.what}, kept for further runs`);
  const unfinished = `${directory}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await Promise.all(blocksOf(history).map((span) => writeBlock(history, span, unfinished)));
    await rename(unfinished, directory);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  return directory;
}

async function writeBlock(history: History, span: Span, directory: string): Promise<void> {
  const file = `${directory}.${span.from}.om`;
  try {
    await writeOpenMetrics(file, history.families(span));
    await createBlocks(file, directory);
  } finally {
    await rm(file, { force: true });
  }
}

/** Spans that lie in one block each. */
function blocksOf({ begin, end }: History): readonly Span[] {
  const spans: Span[] = [];
  for (let from = begin; from < end; from = spans.at(-1)?.to ?? end) {
    const next = (Math.floor(from / BLOCK_SECONDS) + 1) * BLOCK_SECONDS;
    spans.push({ from, to: Math.min(next, end) });
  }
  return spans;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
