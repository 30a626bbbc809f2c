import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlocks, writeOpenMetrics } from './openmetrics';
import type { MetricFamily, Sample } from './openmetrics';
import { startPrometheus } from './prometheus';
import type { PrometheusOptions, RunningPrometheus } from './prometheus';

/**
 * A real Prometheus that already holds a history.
 *
 * Blocks made from text carry no stale markers: a series that ends stays visible for the five
 * minutes of the lookback.
 */
export async function startPrometheusWithHistory(
  families: Iterable<MetricFamily>,
  options: Omit<PrometheusOptions, 'dataDir'> = {},
): Promise<RunningPrometheus> {
  const dataDir = await mkdtemp(join(tmpdir(), 'slowburn-history-'));
  try {
    await fillDataDir(dataDir, families);
    const prometheus = await startPrometheus({ ...options, dataDir });
    return {
      ...prometheus,
      dispose: async () => {
        await prometheus.dispose();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** Writes a history into a data directory whose server is not running. */
export async function fillDataDir(
  dataDir: string,
  families: Iterable<MetricFamily>,
): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'slowburn-openmetrics-'));
  try {
    const file = join(scratch, 'history.om');
    await writeOpenMetrics(file, families);
    await createBlocks(file, dataDir);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Samples at `from`, `from + step`, … up to and including `to`; a value of null leaves one out. */
export function* everyStep(
  from: number,
  to: number,
  step: number,
  valueAt: (at: number, index: number) => number | null,
): Generator<Sample> {
  for (let index = 0; from + index * step <= to; index += 1) {
    const at = from + index * step;
    const value = valueAt(at, index);
    if (value !== null) yield [at, value];
  }
}
