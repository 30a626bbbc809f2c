import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlocks, writeOpenMetrics } from '../test/support/openmetrics';
import type { Fleet, Span } from './fleet';

/** The longest that promtool makes of `--max-block-duration=648h`; it reads a file once for each. */
const BLOCK_SECONDS = 486 * 3_600;

/**
 * A data directory with the fleet's history. Made once, which takes minutes and 20 GB of text on the
 * way, and kept in the system's temporary directory, or in `BENCH_DATA`, for the runs that follow.
 */
export async function fleetHistory(fleet: Fleet): Promise<string> {
  const kept = process.env['BENCH_DATA'] ?? join(tmpdir(), 'slowburn-bench-data');
  const directory = join(kept, fleet.key);
  if (await exists(directory)) return directory;
  console.log(`making ${directory}: 30 days of ${fleet.size} services, kept for further runs`);
  const unfinished = `${directory}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await Promise.all(blocksOf(fleet).map((span) => writeBlock(fleet, span, unfinished)));
    await rename(unfinished, directory);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  return directory;
}

async function writeBlock(fleet: Fleet, span: Span, directory: string): Promise<void> {
  const file = `${directory}.${span.from}.om`;
  try {
    await writeOpenMetrics(file, fleet.families(span));
    await createBlocks(file, directory);
  } finally {
    await rm(file, { force: true });
  }
}

/** Spans that lie in one block each. */
function blocksOf({ begin, end }: Fleet): readonly Span[] {
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
