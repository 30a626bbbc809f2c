import type { Group } from '../domain/slo';
import type { Stream } from '../ledger/stream';

export type StreamRow = readonly [
  id: number,
  service: string,
  name: string,
  group: Group,
  revision: string,
  scale: bigint,
  oldestAt: number,
  oldestGood: bigint,
  oldestTotal: bigint,
  oldestCovered: number,
  newestAt: number,
  newestGood: bigint,
  newestTotal: bigint,
  newestCovered: number,
  backfilledTo: number,
  lastCoveredAt: number | null,
  corrections: number,
];

/** In the order of `StreamRow`; the table's alias is `s`. */
export const STREAM_COLUMNS = `
  s.id, s.service, s.name, s."group", s.revision, s.scale,
  extract(epoch from s.oldest_at)::float8, s.oldest_good, s.oldest_total, s.oldest_covered,
  extract(epoch from s.newest_at)::float8, s.newest_good, s.newest_total, s.newest_covered,
  extract(epoch from s.backfilled_to)::float8, extract(epoch from s.last_covered_at)::float8,
  s.corrections`;

export function toStream(row: StreamRow): Stream {
  return {
    id: row[0],
    service: row[1],
    name: row[2],
    group: row[3],
    revision: row[4],
    scale: row[5],
    oldest: { at: row[6], good: row[7], total: row[8], coveredSeconds: row[9] },
    newest: { at: row[10], good: row[11], total: row[12], coveredSeconds: row[13] },
    backfilledTo: row[14],
    lastCoveredAt: row[15],
    corrections: row[16],
  };
}

/** `service/name{label="value"}`, for audit rows and errors. */
export function streamText(stream: Pick<Stream, 'service' | 'name' | 'group'>): string {
  const labels = Object.entries(stream.group ?? {}).map(([key, value]) => `${key}="${value}"`);
  const group = labels.length === 0 ? '' : `{${labels.sort().join(',')}}`;
  return `${stream.service}/${stream.name}${group}`;
}
