import { query, setQuery } from '../../router/place';
import { readObjective } from './objective-scale';
import { tiersOf, tiersText, type TypedTier } from './tiers-text';

export const OWN = 'own';
/** Policies the service knows, the SLO's own first; `own` are tiers that are typed here. */
export const POLICIES = [
  'in-force',
  'workbook',
  'sloth',
  'sloth-quick',
  'pyrra',
  'grafana',
] as const;
export type Policy = (typeof POLICIES)[number] | typeof OWN;

/** What is asked about, as the address has it, so that a link shows the same. */
export interface Choice {
  /** As the service reads it; null for the SLO's own. */
  readonly objective: string | null;
  readonly policy: Policy;
  readonly tiers: readonly TypedTier[];
}

export function choiceOf(asked: URLSearchParams): Choice {
  const policy = [...POLICIES, OWN].find((name) => name === asked.get('policy')) as
    Policy | undefined;
  return {
    objective: readObjective(asked.get('objective') ?? ''),
    policy: policy ?? 'in-force',
    tiers: tiersOf(asked.get('tiers')),
  };
}

export function choose(change: Partial<Choice>): void {
  const { objective, policy, tiers } = { ...choiceOf(query.peek()), ...change };
  setQuery({
    objective,
    policy: policy === 'in-force' ? null : policy,
    tiers: policy === OWN ? tiersText(tiers) || null : null,
  });
}
