import { createHash } from 'node:crypto';
import type { Slo } from '../domain/slo';

/** An SLO is never changed, only replaced; its hash would be made thousands of times a tick. */
const made = new WeakMap<Slo, string>();

/**
 * Names what an SLO counts. The same revision means the same stream: a new objective, window,
 * label or alert setting keeps it, another query, grouping or budgeting method begins a new one.
 *
 * @returns 16 hexadecimal digits
 */
export function revisionOf(slo: Slo): string {
  const known = made.get(slo);
  if (known !== undefined) return known;
  const revision = hashed(slo);
  made.set(slo, revision);
  return revision;
}

function hashed(slo: Slo): string {
  const budgeting =
    slo.budgeting.kind === 'timeslices'
      ? { ...slo.budgeting, sliceObjective: slo.budgeting.sliceObjective.text }
      : slo.budgeting;
  const counted = [slo.sli, slo.groupBy, budgeting, slo.datasource, slo.counting];
  return createHash('sha256').update(sortedJson(counted)).digest('hex').slice(0, 16);
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
