import { cycleThrough, partComplaint } from '../domain/composite-parts';
import { type CompositeSlo, isComposite, type Slo, sloId } from '../domain/slo';
import type { Problem } from '../yaml/problem';
import { shown } from '../yaml/shown';
import { didYouMean } from '../yaml/suggestion';
import type { PlacedSlo } from './reading';

/**
 * What keeps composites from being made of what is defined.
 *
 * @param all that is defined
 * @param unknown how bad it is that a part is not among them: it may be yet to come
 * @param of only these are looked at
 */
export function compositeProblems(
  all: readonly PlacedSlo[],
  unknown: Problem['severity'],
  of: readonly PlacedSlo[] = all,
): readonly Problem[] {
  const composites = of.filter(({ slo }) => isComposite(slo));
  if (composites.length === 0) return [];
  const byId = new Map(all.map(({ slo }) => [sloId(slo), slo]));
  return composites.flatMap(({ slo, place }) => {
    if (!isComposite(slo)) return [];
    const told = complaints(slo, byId, unknown);
    return told.map(({ severity, message }) => ({ severity, place, path: '', message }));
  });
}

type Complaint = Pick<Problem, 'severity' | 'message'>;

function complaints(
  slo: CompositeSlo,
  byId: ReadonlyMap<string, Slo>,
  unknown: Problem['severity'],
): readonly Complaint[] {
  const cycle = cycleThrough(slo, (id) => byId.get(id));
  if (cycle !== null) {
    const message = `${sloId(slo)} depends on itself (${cycle.join(' -> ')}), allowed: parts that do not depend on it`;
    return [{ severity: 'error', message }];
  }
  return slo.sli.parts.flatMap((part, k): readonly Complaint[] => {
    const field = `${sloId(slo)}: dependsOn.of[${k}]`;
    const defined = byId.get(sloId(part));
    if (defined !== undefined) {
      const complaint = partComplaint(slo, part, defined);
      return complaint === null ? [] : [{ severity: 'error', message: `${field} ${complaint}` }];
    }
    const guess = didYouMean(sloId(part), [...byId.keys()]);
    const message = `${field} is ${shown(sloId(part))}, which is not defined${guess}, allowed: an SLO that is; until then there is no data`;
    return [{ severity: unknown, message }];
  });
}
