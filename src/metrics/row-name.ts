import type { Group } from '../domain/slo';

/**
 * A name with its group behind it, for names that have to be unique without further labels, since
 * other people's dashboards join on them: `api-latency{endpoint=/cars}`. No double quotes where it
 * can be helped, because Grafana does not escape them in `slo="$slo"`.
 */
export function rowName(name: string, group: Group): string {
  const labels = Object.entries(group ?? {}).map(([label, value]) => `${label}=${plain(value)}`);
  return labels.length === 0 ? name : `${name}{${labels.join(',')}}`;
}

/** Values that could be taken for the end of themselves are quoted. */
function plain(value: string): string {
  return /[,={}"]/.test(value) ? JSON.stringify(value) : value;
}
