import type { CreateExclusion } from '../../../../src/exclusions/exclusions.dto';
import type { Asking } from './address';
import { fieldTime, instant } from './span';

/** As it is sent. */
export type NewExclusion = Pick<CreateExclusion, keyof CreateExclusion>;
export type Scope = 'group' | 'slo' | 'service';

/** What is written into the form, as it stands there. */
export interface ExclusionDraft {
  readonly from: string;
  readonly to: string;
  readonly scope: Scope;
  readonly treatment: 'drop' | 'countGood';
  readonly reason: string;
  readonly author: string;
}

/** The same as the service takes it; null while its times are none. */
export function exclusionOf(
  { from, to, scope, treatment, reason, author }: ExclusionDraft,
  { slo, group }: Pick<Asking, 'slo' | 'group'>,
  isUtc: boolean,
): NewExclusion | null {
  const [start, end] = [fieldTime(from, isUtc), fieldTime(to, isUtc)];
  if (!(start < end)) return null;
  const [service = ''] = slo.split('/');
  return {
    ...(scope === 'service' ? { service } : { slo }),
    ...(scope === 'group' && group !== null && { group }),
    from: instant(start),
    to: instant(end),
    treatment,
    reason: reason.trim(),
    ...(author.trim() !== '' && { author: author.trim() }),
  };
}
