import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { promtoolBinary } from './prometheus';

/** A sample: epoch seconds and value. */
export type Sample = readonly [at: number, value: number];

export interface SampledSeries {
  /** The full name of the samples: `http_requests_total`, `latency_seconds_bucket`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** In ascending time; an iterable, so that months of samples need no memory. */
  readonly samples: Iterable<Sample>;
}

export interface MetricFamily {
  /** Without the suffixes of its samples: `http_requests`, `latency_seconds`, `up`. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'unknown';
  readonly series: Iterable<SampledSeries>;
}

const SUFFIXES = {
  counter: ['_total'],
  gauge: [''],
  histogram: ['_bucket', '_count', '_sum'],
  unknown: [''],
} as const;

const FLUSH_CHARACTERS = 1 << 18;

/**
 * Writes families as OpenMetrics text, series by series.
 *
 * @throws Error when a name does not fit its family, or time does not rise within a series:
 *   promtool drops such samples without a word
 */
export async function writeOpenMetrics(
  file: string,
  families: Iterable<MetricFamily>,
): Promise<void> {
  const stream = createWriteStream(file);
  // Without a listener a full disk would end the process instead of rejecting below.
  const done = finished(stream);
  done.catch(() => undefined);
  try {
    for (const line of lines(families)) {
      if (!stream.write(line)) await Promise.race([once(stream, 'drain'), done]);
    }
  } catch (error) {
    stream.destroy();
    throw error;
  }
  stream.end('# EOF\n');
  await done;
}

/**
 * Turns OpenMetrics text into blocks of a data directory.
 *
 * The long block is an undocumented flag: by default promtool reads the whole file again for
 * every two hours of it, which took 16 minutes for 30 days of 200 series, and 30 s like this.
 */
export async function createBlocks(file: string, dataDir: string): Promise<void> {
  await promisify(execFile)(
    promtoolBinary(),
    [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      '--max-block-duration=648h',
      '--quiet',
      file,
      dataDir,
    ],
    { maxBuffer: 16 * 1024 * 1024 },
  );
}

/** The text in pieces of many lines: a write for each line would be slow. */
function* lines(families: Iterable<MetricFamily>): Generator<string> {
  let text = '';
  for (const family of families) {
    text += `# TYPE ${family.name} ${family.type}\n`;
    for (const series of family.series) {
      const prefix = seriesPrefix(family, series);
      let last = -Infinity;
      for (const [at, value] of series.samples) {
        if (!(at > last))
          throw new Error(`${prefix}: sample at ${at} after ${last}; time has to rise`);
        last = at;
        text += `${prefix} ${formatValue(value)} ${Math.round(at * 1000) / 1000}\n`;
        if (text.length > FLUSH_CHARACTERS) {
          yield text;
          text = '';
        }
      }
    }
  }
  yield text;
}

function seriesPrefix(family: MetricFamily, series: SampledSeries): string {
  const allowed = SUFFIXES[family.type].map((suffix) => family.name + suffix);
  if (!allowed.includes(series.name)) {
    throw new Error(
      `${family.type} family ${family.name} holds ${series.name}, allowed: ${allowed.join(', ')}`,
    );
  }
  const labels = Object.entries(series.labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return labels.length === 0 ? series.name : `${series.name}{${labels.join(',')}}`;
}

function escape(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}

function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return String(value);
}
