import type { CallerIs } from '../auth/caller';
import { UNGUARDED } from '../auth/principal';
import type { Exclusion, ExclusionScope } from '../domain/exclusion-scope';
import { readWhen } from '../domain/written-exclusion';
import { InvalidInput } from '../http/invalid-input';
import type { CreateExclusion } from './exclusions.dto';

/**
 * What a request asks for.
 *
 * @throws InvalidInput, InvalidValue that name the field
 */
export function newExclusion(asked: CreateExclusion, by: CallerIs): Omit<Exclusion, 'id'> {
  const { treatment = 'drop', reason } = asked;
  const [author, group] = [authorOf(asked, by), groupOf(asked)];
  return { scope: scopeOf(asked), when: readWhen(asked), treatment, reason, author, group };
}

/** Where no token is asked for, nobody is known who could have said so. */
function authorOf({ author }: CreateExclusion, { id }: CallerIs): string {
  if (author !== undefined) return author;
  if (id !== UNGUARDED.id) return id;
  throw new InvalidInput([{ field: 'author', value: null, allowed: 'who says so' }]);
}

function scopeOf({ slo, service, label }: CreateExclusion): ExclusionScope {
  const given = { slo, service, label };
  if (Object.values(given).filter((value) => value !== undefined).length !== 1) {
    throw new InvalidInput([
      { field: 'slo', value: given, allowed: 'exactly one of slo, service and label' },
    ]);
  }
  if (slo !== undefined) {
    const [of = '', name = ''] = slo.split('/');
    return { kind: 'slo', service: of, name };
  }
  if (service !== undefined) return { kind: 'service', service };
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(label ?? '') ?? [];
  return { kind: 'label', name, value };
}

function groupOf({ group }: CreateExclusion): Exclusion['group'] {
  if (group === undefined) return null;
  const values = Object.entries(group);
  const strange = values.find(([, value]) => typeof value !== 'string');
  if (values.length === 0 || strange !== undefined) {
    const field = strange === undefined ? 'group' : `group.${strange[0]}`;
    throw new InvalidInput([
      { field, value: strange?.[1] ?? {}, allowed: 'label values as text, at least one' },
    ]);
  }
  return Object.fromEntries(values.map(([label, value]) => [label, String(value)]));
}
