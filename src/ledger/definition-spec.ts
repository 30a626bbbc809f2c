import type { Slo } from '../domain/slo';

/** What a definition says, as JSON: objectives as decimal text, nothing that only lives in memory. */
export type DefinitionSpec = Readonly<Record<string, unknown>>;

/** One field that differs; null where it was not there before, or is not there any more. */
export interface FieldChange {
  /** `objective`, `sli.part.selector`, `labels["a b"]`. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export function specOf(slo: Slo): DefinitionSpec {
  const { budgeting, objective, renamedFrom, exclusions, ...rest } = slo;
  const exact = {
    ...rest,
    objective: objective.text,
    budgeting:
      budgeting.kind === 'timeslices'
        ? { ...budgeting, sliceObjective: budgeting.sliceObjective.text }
        : budgeting,
    // Left out where there is none: a field that is new in a release must not change what is stored.
    ...(renamedFrom === null ? {} : { renamedFrom }),
    ...(exclusions.length === 0 ? {} : { exclusions }),
  };
  return JSON.parse(JSON.stringify(exact)) as DefinitionSpec;
}

/**
 * What differs between two specs, field by field; a list counts as one field.
 *
 *     changedFields({ a: { b: 1, c: 2 } }, { a: { b: 3, c: 2 } }) = [{ field: 'a.b', before: 1, after: 3 }]
 */
export function changedFields(before: DefinitionSpec, after: DefinitionSpec): FieldChange[] {
  const left = leaves(before, '');
  const right = leaves(after, '');
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((field): FieldChange[] => {
    const [was, is] = [left.get(field) ?? null, right.get(field) ?? null];
    return sorted(was) === sorted(is) ? [] : [{ field, before: was, after: is }];
  });
}

function leaves(value: DefinitionSpec, path: string): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    const field = fieldOf(path, key);
    if (isMapping(inner)) for (const [name, leaf] of leaves(inner, field)) found.set(name, leaf);
    else found.set(field, inner);
  }
  return found;
}

function fieldOf(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function isMapping(value: unknown): value is DefinitionSpec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** jsonb gives keys back in an order of its own. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isMapping(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
