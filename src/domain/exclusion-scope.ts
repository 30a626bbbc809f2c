import type { WrittenExclusion } from './exclusion';
import { type Group, type Slo, sloId } from './slo';

/** Whose time an exclusion is about: one SLO, all of a service, or all that have a label. */
export type ExclusionScope =
  | { readonly kind: 'slo'; readonly service: string; readonly name: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'label'; readonly name: string; readonly value: string };

/** Time that people decided not to count, and whose. */
export interface Exclusion extends WrittenExclusion {
  readonly id: string;
  readonly scope: ExclusionScope;
}

/** Whether an SLO is within a scope; one that was renamed is also found under the name before. */
export function isWithin(scope: ExclusionScope, slo: Slo): boolean {
  switch (scope.kind) {
    case 'slo': {
      const id = sloId(scope);
      return id === sloId(slo) || id === slo.renamedFrom;
    }
    case 'service':
      return scope.service === slo.service;
    case 'label':
      return slo.labels[scope.name] === scope.value;
  }
}

/** Whether an exclusion is about a group: all of its labels must be the group's. */
export function isAbout({ group: wanted }: Pick<Exclusion, 'group'>, group: Group): boolean {
  if (wanted === null) return true;
  return Object.entries(wanted).every(([label, value]) => group?.[label] === value);
}

/**
 * Those that an SLO's own definition writes, as `shop.api-errors.1`, `shop.api-errors.2`: names hold
 * no dots.
 */
export function definedExclusions(slo: Slo): readonly Exclusion[] {
  const { service, name } = slo;
  return slo.exclusions.map((written, k) => ({
    ...written,
    id: `${service}.${name}.${k + 1}`,
    scope: { kind: 'slo', service, name },
  }));
}

/** `shop/api-errors`, `shop` or `tier=1`. */
export function scopeName(scope: ExclusionScope): string {
  switch (scope.kind) {
    case 'slo':
      return sloId(scope);
    case 'service':
      return scope.service;
    case 'label':
      return `${scope.name}=${scope.value}`;
  }
}
