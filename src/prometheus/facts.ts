import { parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';

/**
 * How long a server keeps samples, of the data of `status/runtimeinfo`: `15d`, `15d or 10GiB`, `10GiB`.
 *
 * @returns seconds; null where no time is told, by size only or not at all
 */
export function retentionOf(data: unknown): number | null {
  const told = field(data, 'storageRetention');
  const duration = typeof told === 'string' ? (told.split(' or ')[0] ?? '') : '';
  try {
    return parseSeconds(duration.trim());
  } catch (error) {
    if (error instanceof InvalidValue) return null;
    throw error;
  }
}

/** The types that targets declare, of the data of `metadata`: `{ "up": [{ "type": "gauge", … }] }`. */
export function metricTypesOf(data: unknown): readonly string[] {
  const entries = typeof data === 'object' && data !== null ? Object.values(data) : [];
  const types = entries
    .flatMap((declared: unknown) => (Array.isArray(declared) ? (declared as unknown[]) : []))
    .map((declared) => field(declared, 'type'));
  return [...new Set(types.filter((type) => typeof type === 'string'))];
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
