import { quotedText } from './quoted-text';

/** A value that breaks a rule of the domain; names what it is, what was given and what is allowed. */
export class InvalidValue extends Error {
  constructor(
    readonly what: string,
    readonly value: unknown,
    readonly allowed: string,
  ) {
    super(`${what} is ${quoted(value)}, allowed: ${allowed}`);
    this.name = 'InvalidValue';
  }
}

function quoted(value: unknown): string {
  if (typeof value === 'string') return quotedText(value);
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}
