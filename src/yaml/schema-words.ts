import type { ErrorObject } from 'ajv/dist/2020';
import { quotedText } from '../domain/quoted-text';
import { FORMATS } from './formats';
import type { Path } from './problem';
import { shown } from './shown';

/** The part of a schema that a value broke. */
export interface FaultySchema {
  readonly 'x-allowed'?: string;
  readonly 'x-secret'?: boolean;
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping of keys to values',
  array: 'a list',
};

/** What is wrong with a value, and what is allowed, without the vocabulary of JSON Schema. */
export function schemaWords(error: ErrorObject, path: Path): string {
  const schema = (error.parentSchema ?? {}) as FaultySchema;
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'required') {
    const missing = String(params['missingProperty']);
    const meaning = schema.properties?.[missing]?.description;
    return `the key ${quotedText(missing)} is missing${meaning === undefined ? '' : `: ${meaning}`}`;
  }
  const value = schema['x-secret'] === true ? 'not shown here' : shown(error.data);
  return `${subject(path)} is ${value}, allowed: ${allowed(error, schema, params)}`;
}

function subject(path: Path): string {
  const key = path.at(-1);
  if (key === undefined) return 'the document';
  return typeof key === 'number' ? `entry ${key + 1}` : key;
}

function allowed(
  { keyword, data }: ErrorObject,
  schema: FaultySchema,
  params: Record<string, unknown>,
): string {
  if (keyword === 'type') return typeWords(params['type'], data, schema);
  if (schema['x-allowed'] !== undefined) return schema['x-allowed'];
  const limit = String(params['limit']);
  switch (keyword) {
    case 'enum':
      return (params['allowedValues'] as readonly unknown[]).map(String).join(', ');
    case 'const':
      return shown(params['allowedValue']);
    case 'format':
      return FORMATS[String(params['format'])]?.allowed ?? String(params['format']);
    case 'minimum':
      return `${limit} or more`;
    case 'maximum':
      return `${limit} or less`;
    case 'minLength':
      return limit === '1' ? 'text that is not empty' : `${limit} characters or more`;
    case 'maxLength':
      return `${limit} characters or less`;
    case 'minItems':
      return `a list of ${limit} or more`;
    case 'maxItems':
      return `a list of ${limit} or less`;
    case 'uniqueItems':
      return `each entry once (${Number(params['i']) + 1} and ${Number(params['j']) + 1} are the same)`;
    default:
      return `${keyword} ${limit}`;
  }
}

function typeWords(types: unknown, data: unknown, schema: FaultySchema): string {
  const names = Array.isArray(types) ? types.map(String) : [String(types)];
  const words = schema['x-allowed'] ?? names.map((name) => TYPE_WORDS[name] ?? name).join(' or ');
  const bare = typeof data === 'number' || typeof data === 'boolean';
  return names.includes('string') && !names.includes('number') && bare
    ? `${words} (put it in quotes)`
    : words;
}
