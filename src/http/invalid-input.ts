import { getMetadataStorage } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { UnprocessableEntityException } from '@nestjs/common';
import type { WrongInput } from './problem';

/** Everything that is wrong with an input, at once. */
export class InvalidInput extends UnprocessableEntityException {
  constructor(readonly errors: readonly WrongInput[]) {
    super(errors.map(({ field, allowed }) => `${field}: ${allowed}`).join('; '));
  }

  static of(errors: readonly ValidationError[]): InvalidInput {
    return new InvalidInput(errors.flatMap((error) => wrongInputs(error, '')));
  }
}

function wrongInputs(error: ValidationError, prefix: string): readonly WrongInput[] {
  const field = pathOf(prefix, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) =>
    rule === 'whitelistValidation' ? knownFields(error) : rest(message, error.property),
  );
  const inner = (error.children ?? []).flatMap((child) => wrongInputs(child, field));
  return own.length === 0
    ? inner
    : [{ field, value: shown(error.value), allowed: own.join(', ') }, ...inner];
}

function pathOf(prefix: string, property: string): string {
  if (prefix === '') return property;
  return /^\d+$/.test(property) ? `${prefix}[${property}]` : `${prefix}.${property}`;
}

/** "limit must not be less than 1" becomes "must not be less than 1". */
function rest(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}

function knownFields(error: ValidationError): string {
  const target = error.target?.constructor;
  if (target === undefined) return 'no such field';
  const rules = getMetadataStorage().getTargetValidationMetadatas(target, '', true, false);
  const names = [...new Set(rules.map((rule) => rule.propertyName))].sort();
  return `no such field, allowed: ${names.length === 0 ? 'none' : names.join(', ')}`;
}

const SHOWN_CHARACTERS = 200;

/** The value as it came, unless it is too long to be repeated. */
function shown(value: unknown): unknown {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : value;
}
