const PATH = '/api/v1/reports/monthly/{month}';

/** What is read of an OpenAPI document. */
export interface Described {
  readonly paths: Readonly<
    Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } } | undefined>
  >;
}

interface Parameter {
  readonly name: string;
  readonly schema?: { readonly enum?: readonly string[] };
}

/** The formats that this service writes, as it describes itself: a new one comes by itself. */
export function formatsIn({ paths }: Described): readonly string[] {
  const parameter = paths[PATH]?.get?.parameters?.find(({ name }) => name === 'format');
  return parameter?.schema?.enum ?? [];
}
