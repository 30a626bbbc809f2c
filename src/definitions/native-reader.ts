import type { Problem } from '../yaml/problem';
import { compileSchema, type SchemaProblem } from '../yaml/schema-check';
import type { YamlDocument } from '../yaml/yaml-document';
import { datasourceComplaint } from './datasource-complaint';
import { Findings } from './findings';
import type { NativeDocument, NativeSlo } from './native-document';
import schema from './native-schema.json';
import { readNativeSlo } from './native-slo';
import type { PlacedSlo, ReadDefinitions } from './reading';

const check = compileSchema(schema);

/** Reads one document of slowburn/v1. A faulty SLO does not stop its neighbours, a fault of the document does. */
export function readNativeDocument(
  document: YamlDocument,
  datasources: readonly string[] | null,
): ReadDefinitions {
  const malformed = check(document);
  const bySlo = new Map<number | null, SchemaProblem[]>([[null, []]]);
  for (const problem of malformed) {
    const index = sloIndex(problem.at);
    const known = bySlo.get(index);
    if (known === undefined) bySlo.set(index, [problem]);
    else known.push(problem);
  }
  const common = bySlo.get(null) ?? [];
  const native = document.value as NativeDocument;
  const problems: Problem[] = common.map(({ at: _, ...problem }) => problem);
  const slos: PlacedSlo[] = [];
  const faulty: string[] = [];
  let obscured = common.length > 0;
  for (const [index, slo] of listedSlos(document.value).entries()) {
    const findings = new Findings(document, ['slos', index], bySlo.get(index) ?? []);
    if (isMapping(slo)) checkDatasource(slo, datasources, findings);
    const read = isMapping(slo)
      ? readNativeSlo(native, slo as unknown as NativeSlo, findings)
      : null;
    problems.push(...findings.problems);
    if (read !== null && common.length === 0) {
      slos.push({ slo: read, place: document.place(['slos', index]) });
    } else if (common.length === 0 && findings.sound('name')) {
      faulty.push(`${native.service}/${(slo as NativeSlo).name}`);
    } else {
      obscured = true;
    }
  }
  return { slos, problems, faulty, obscured };
}

/** A composite asks no source. */
export function checkDatasource(
  { datasource: name, dependsOn }: Readonly<Record<string, unknown>>,
  known: readonly string[] | null,
  findings: Findings,
): void {
  if (known === null || dependsOn !== undefined || !findings.sound('datasource')) return;
  const complaint = datasourceComplaint(typeof name === 'string' ? name : null, known);
  if (complaint !== null) findings.error(['datasource'], complaint);
}

/** Which SLO of the list a path lies in; null for the document itself. */
function sloIndex(path: SchemaProblem['at']): number | null {
  const [list, index] = path;
  return list === 'slos' && typeof index === 'number' ? index : null;
}

function listedSlos(value: unknown): readonly unknown[] {
  const slos = isMapping(value) ? value['slos'] : undefined;
  return Array.isArray(slos) ? (slos as unknown[]) : [];
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
