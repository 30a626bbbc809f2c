import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import { FORMATS } from './formats';
import type { Path, Problem } from './problem';
import { pathText } from './problem';
import { type FaultySchema, schemaWords } from './schema-words';
import { shown } from './shown';
import { didYouMean } from './suggestion';
import type { YamlDocument } from './yaml-document';

/** A problem, and where in the document it is: for telling which part of it is still good. */
export interface SchemaProblem extends Problem {
  readonly at: Path;
}

/** A document with more faults is one that means something else, and each fault costs. */
const MOST_FAULTS = 500;

export type SchemaCheck = (document: YamlDocument) => readonly SchemaProblem[];

/**
 * Compiles a JSON Schema (2020-12) to a check that reports every fault at its place, in plain words.
 *
 * Two keywords of ours: `x-allowed` says what is allowed where the keyword alone is hard to read
 * (patterns), and `x-secret` keeps a value out of messages. `oneOf` and `anyOf` are not to be used:
 * their faults have no one place.
 */
export function compileSchema(schema: object): SchemaCheck {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
  });
  ajv.addVocabulary(['x-allowed', 'x-secret']);
  for (const [name, { test }] of Object.entries(FORMATS)) ajv.addFormat(name, test);
  const validate: ValidateFunction = ajv.compile(schema);
  return (document) => {
    if (validate(document.value)) return [];
    // A wrong name is reported twice: by the rule it breaks, and again by the mapping that holds it.
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'propertyNames');
    const problems = errors.slice(0, MOST_FAULTS).map((error) => problemOf(error, document));
    if (errors.length <= MOST_FAULTS) return problems;
    const many = `there are ${errors.length} faults, too many to list them all`;
    return [{ ...document.error([], many), at: [] }, ...problems];
  };
}

function problemOf(error: ErrorObject, document: YamlDocument): SchemaProblem {
  const path = pathOf(error.instancePath, document.value);
  const params = error.params as Record<string, unknown>;
  const wrongKey = params['additionalProperty'] ?? error.propertyName;
  if (typeof wrongKey !== 'string') {
    const missing = params['missingProperty'];
    const at = typeof missing === 'string' ? [...path, missing] : path;
    return { ...document.error(path, schemaWords(error, path)), at };
  }
  const at = [...path, wrongKey];
  const schema = (error.parentSchema ?? {}) as FaultySchema;
  return {
    severity: 'error',
    place: document.keyPlace(at),
    path: pathText(at),
    message: keyWords(wrongKey, error, schema),
    at,
  };
}

function keyWords(key: string, { keyword }: ErrorObject, schema: FaultySchema): string {
  const name = shown(key);
  if (keyword !== 'additionalProperties') {
    return `the name ${name} is wrong, allowed: ${schema['x-allowed'] ?? 'another name'}`;
  }
  const known = Object.keys(schema.properties ?? {});
  return `the key ${name} is unknown${didYouMean(key, known)}, allowed: ${known.join(', ')}`;
}

/** A JSON pointer as keys and list positions. */
function pathOf(pointer: string, root: unknown): Path {
  let value = root;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(value) ? Number(key) : key;
      value = (value as Record<string | number, unknown>)[step];
      return step;
    });
}
