import { sloId } from '../domain/slo';
import type { Path, Problem } from '../yaml/problem';
import { readYaml } from '../yaml/read-yaml';
import { shown } from '../yaml/shown';
import type { YamlDocument } from '../yaml/yaml-document';
import { readNativeDocument } from './native-reader';
import type { PlacedSlo, ReadDefinitions } from './reading';

const MOST_PROBLEMS = 200;

const FOREIGN: readonly (readonly [key: string, form: RegExp, language: string])[] = [
  ['apiVersion', /^openslo/, 'OpenSLO'],
  ['version', /^prometheus\/v1$/, 'Sloth'],
  ['apiVersion', /^sloth\.slok\.dev\//, 'Sloth'],
  ['apiVersion', /^pyrra\.dev\//, 'Pyrra'],
];

/**
 * Reads the documents of a definition file, and complains of every fault with its place.
 *
 * @param file as problems shall name it
 * @param datasources the names an SLO may ask, or null where they are not known
 */
export function readDefinitions(
  text: string,
  file: string,
  datasources: readonly string[] | null = null,
): ReadDefinitions {
  const { documents, problems } = readYaml(text, file);
  if (documents.length === 0 && problems.length === 0) return empty(file);
  const read = documents.map((document) => readDocument(document, datasources));
  const all: ReadDefinitions = {
    slos: read.flatMap(({ slos }) => slos),
    problems: [...problems, ...read.flatMap((document) => document.problems)].sort(byPlace),
    faulty: read.flatMap(({ faulty }) => faulty),
    obscured: problems.length > 0 || read.some(({ obscured }) => obscured),
  };
  const { kept, duplicates } = withoutDuplicates(all.slos);
  return { ...all, slos: kept, problems: bounded([...all.problems, ...duplicates], file) };
}

function readDocument(
  document: YamlDocument,
  datasources: readonly string[] | null,
): ReadDefinitions {
  const value = document.value as Readonly<Record<string, unknown>> | null;
  for (const [key, form, language] of FOREIGN) {
    const version = value?.[key];
    if (typeof version !== 'string' || !form.test(version)) continue;
    const message = `${key} is ${shown(version)}, which is ${language} and not supported yet, allowed: apiVersion: slowburn/v1`;
    return refused(document, [key], message);
  }
  if (value?.['apiVersion'] === 'slowburn/v1') return readNativeDocument(document, datasources);
  return refused(
    document,
    ['apiVersion'],
    `apiVersion is ${shown(value?.['apiVersion'])}, allowed: slowburn/v1`,
  );
}

function refused(document: YamlDocument, path: Path, message: string): ReadDefinitions {
  return { slos: [], problems: [document.error(path, message)], faulty: [], obscured: true };
}

/** A file that is just being written is empty for a moment; that must not take its SLOs away. */
function empty(file: string): ReadDefinitions {
  const place = { file, line: 1, column: 1 };
  const message = 'the file holds no document; delete it if its SLOs are to go';
  return {
    slos: [],
    problems: [{ severity: 'error', place, path: '', message }],
    faulty: [],
    obscured: true,
  };
}

/** The first definition of an identity stays, each further one is a problem that names both places. */
export function withoutDuplicates<T extends PlacedSlo>(
  defined: readonly T[],
): { readonly kept: readonly T[]; readonly duplicates: readonly Problem[] } {
  const first = new Map<string, T>();
  const duplicates: Problem[] = [];
  for (const each of defined) {
    const id = sloId(each.slo);
    const { place } = first.get(id) ?? each;
    if (!first.has(id)) first.set(id, each);
    else {
      duplicates.push({
        severity: 'error',
        place: each.place,
        path: '',
        message: `${id} is already defined at ${place.file}:${place.line}:${place.column}, which stays in force, allowed: each service/name once`,
      });
    }
  }
  return { kept: [...first.values()], duplicates };
}

/** A file that is wrong through and through needs no complaint about each of its lines. */
function bounded(problems: readonly Problem[], file: string): readonly Problem[] {
  const [more, next] = [problems.length - MOST_PROBLEMS, problems[MOST_PROBLEMS]];
  if (next === undefined) return problems;
  const severity = problems.slice(MOST_PROBLEMS).some((each) => each.severity === 'error')
    ? 'error'
    : 'warning';
  const rest = {
    severity,
    place: next.place,
    path: '',
    message: `${more} further problems in ${file} are not listed`,
  } as const;
  return [...problems.slice(0, MOST_PROBLEMS), rest];
}

function byPlace({ place: a }: Problem, { place: b }: Problem): number {
  return a.line - b.line || a.column - b.column;
}
