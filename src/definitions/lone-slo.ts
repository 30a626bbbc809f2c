import { compileSchema } from '../yaml/schema-check';
import type { YamlDocument } from '../yaml/yaml-document';
import { Findings } from './findings';
import type { NativeSlo } from './native-document';
import { checkDatasource } from './native-reader';
import schema from './native-schema.json';
import { readNativeSlo } from './native-slo';
import type { ReadOptions } from './read-options';
import type { ReadDefinitions } from './reading';

/** One entry of `slos`, with its service beside its name. */
const loneSchema = {
  ...schema.$defs.slo,
  $defs: schema.$defs,
  properties: { service: schema.properties.service, ...schema.$defs.slo.properties },
};
const checkWhole = compileSchema({
  ...loneSchema,
  required: ['service', 'name', 'objective'],
});
const checkUnnamed = compileSchema({ ...loneSchema, required: ['objective'] });

type Lone = NativeSlo & { readonly service: string };

/** Whether a document is one SLO of the native language and not a document that holds some. */
export function standsAlone(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = ['apiVersion', 'version', 'slos'];
  return (
    !keys.some((key) => key in value) &&
    ['sli', 'objective', 'dependsOn'].some((key) => key in value)
  );
}

/** Reads one SLO without a document around it; what it does not say of its name is taken as known. */
export function readLoneSlo(
  document: YamlDocument,
  known: NonNullable<ReadOptions['lone']>,
  datasources: readonly string[] | null,
): ReadDefinitions {
  const named = known.service !== undefined && known.name !== undefined;
  const findings = new Findings(document, [], (named ? checkUnnamed : checkWhole)(document));
  const slo = { ...known, ...(document.value as Lone) };
  checkDatasource({ ...slo }, datasources, findings);
  const nameIsSound = findings.sound('service') && findings.sound('name');
  const read = nameIsSound
    ? readNativeSlo({ service: slo.service, slos: [] }, slo, findings)
    : null;
  return {
    slos: read === null ? [] : [{ slo: read, place: document.place([]) }],
    problems: findings.problems,
    faulty: [],
    obscured: read === null,
  };
}
