import type { Fleet } from './fleet';
import { type FamilyType, seriesText } from './series';
import { instanceOf } from './system';

export const SAMPLE_SECONDS = 60;

interface Recorded {
  readonly family: string;
  readonly type: FamilyType;
  /** `name{...,job="...",instance="..."}` as a scrape would store it. */
  readonly text: string;
  readonly values: Float64Array;
}

/**
 * Lives a fleet through (from, to] and writes what scrapes every minute would have stored, as
 * OpenMetrics text in pieces: family by family, each series in the order of time.
 *
 * A pod that is down has `up` 0 and nothing else; its series go on afterwards, since a block made
 * from text cannot hold the marker of a series that ended.
 *
 * @param from epoch seconds, a multiple of 60, up to which the fleet has lived
 * @param to   epoch seconds, a multiple of 60
 */
export function* history(fleet: Fleet, from: number, to: number): Generator<string> {
  const count = (to - from) / SAMPLE_SECONDS;
  const recorded = fleet.pods.map(({ system, index, series }) => {
    const target = { job: system.job, instance: instanceOf(system, index) };
    const blank = (): Float64Array => new Float64Array(count).fill(Number.NaN);
    return {
      up: { family: 'up', type: 'gauge' as const, text: seriesText('up', target), values: blank() },
      series: series.map(({ family, type, name, labels }) => ({
        family,
        type,
        text: seriesText(name, { ...labels, ...target }),
        values: blank(),
      })),
    };
  });
  for (let sample = 0; sample < count; sample++) {
    fleet.advanceTo(from + (sample + 1) * SAMPLE_SECONDS, SAMPLE_SECONDS);
    fleet.pods.forEach((pod, podIndex) => {
      const record = recorded[podIndex];
      if (record === undefined) return;
      record.up.values[sample] = pod.up ? 1 : 0;
      if (!pod.up) return;
      record.series.forEach((series, index) => {
        series.values[sample] = pod.values[index] ?? Number.NaN;
      });
    });
  }
  const all = recorded.flatMap(({ up, series }): Recorded[] => [up, ...series]);
  for (const family of new Set(all.map((series) => series.family))) {
    const members = all.filter((series) => series.family === family);
    yield* familyText(family, members, from);
  }
  yield '# EOF\n';
}

function* familyText(
  family: string,
  members: readonly Recorded[],
  from: number,
): Generator<string> {
  const type = members[0]?.type ?? 'gauge';
  // OpenMetrics names a counter's family without the suffix that its samples carry.
  yield `# TYPE ${type === 'counter' ? family.replace(/_total$/, '') : family} ${type}\n`;
  for (const { text, values } of members) {
    let lines = '';
    values.forEach((value, sample) => {
      if (!Number.isNaN(value))
        lines += `${text} ${value} ${from + (sample + 1) * SAMPLE_SECONDS}\n`;
    });
    if (lines !== '') yield lines;
  }
}
