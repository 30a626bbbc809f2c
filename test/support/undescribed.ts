/** A JSON schema as OpenAPI documents hold it, as far as answers are checked by it. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

export interface Described {
  readonly openapi: string;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly parameters: readonly { readonly in: string; readonly required: boolean }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}

/** Schemas that the document refers to and does not hold. */
export function dangling(document: Described): readonly string[] {
  const named = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  const names = new Set([...named].map(([, name]) => name ?? ''));
  return [...names].filter((name) => document.components.schemas[name] === undefined);
}

/** Fields of a JSON answer that the document does not name, or says are of another type. */
export function undescribed(
  document: Described,
  path: string,
  status: number,
  answer: unknown,
): readonly string[] {
  const responses = document.paths[path]?.['get']?.responses ?? {};
  const content = (responses[status] ?? responses['default'])?.content ?? {};
  const schema = content['application/json']?.schema;
  return schema === undefined ? [`${path} has no schema`] : missing(document, schema, answer, path);
}

function missing(
  document: Described,
  schema: Schema,
  value: unknown,
  at: string,
): readonly string[] {
  const one = resolved(document, schema);
  const choices = one.oneOf ?? one.anyOf;
  if (choices !== undefined) {
    const faults = choices.map((choice) => missing(document, choice, value, at));
    return faults.find(({ length }) => length === 0) ?? faults[0] ?? [];
  }
  if (value === null) return isNullable(one) ? [] : [`${at} is null`];
  if (Array.isArray(value)) {
    const { items } = one;
    if (items === undefined) return [`${at} is a list`];
    return value.flatMap((each) => missing(document, items, each, `${at}[]`));
  }
  if (typeof value !== 'object')
    return isOf(one, typeof value) ? [] : [`${at} is a ${typeof value}`];
  return Object.entries(value).flatMap(([key, each]) => {
    const known = one.properties?.[key] ?? one.additionalProperties;
    if (known === true) return [];
    if (known === undefined || known === false) return [`${at}.${key} is not described`];
    return missing(document, known, each, `${at}.${key}`);
  });
}

function resolved(document: Described, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  const found = name === undefined ? schema : (document.components.schemas[name] ?? {});
  const all = (found.allOf ?? []).map((part) => resolved(document, part));
  return all.reduce<Schema>(
    (joined, part) => ({
      ...joined,
      ...part,
      properties: { ...joined.properties, ...part.properties },
    }),
    found,
  );
}

/** An `unknown` has no type, and may be anything. */
function isNullable({ nullable, type, enum: values }: Schema): boolean {
  if (nullable === true || values?.includes(null) === true) return true;
  return type === undefined || type === 'null' || (Array.isArray(type) && type.includes('null'));
}

function isOf({ type, properties }: Schema, kind: string): boolean {
  if (type === undefined) return properties === undefined;
  const types = Array.isArray(type) ? type : [type];
  return types.includes(kind) || (kind === 'number' && types.includes('integer'));
}
