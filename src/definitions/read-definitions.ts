import { sloId } from '../domain/slo';
import type { Path, Problem } from '../yaml/problem';
import { readYaml } from '../yaml/read-yaml';
import type { YamlDocument } from '../yaml/yaml-document';
import { Field, ForeignNotes } from './foreign-field';
import { foundDocuments } from './documents';
import { definitionPaths, languageOf, versionComplaint } from './language';
import { readLoneSlo, standsAlone } from './lone-slo';
import { readNativeDocument } from './native-reader';
import { readOpenSlo } from './openslo-reader';
import { OpenSloShelf } from './openslo-shelf';
import { readPyrra } from './pyrra-reader';
import type { ReadOptions } from './read-options';
import type { PlacedSlo, ReadDefinitions, ReadText } from './reading';
import { readSloth } from './sloth-reader';

const MOST_ERRORS = 200;
const MOST_WARNINGS = 1_000;

/**
 * Reads the documents of a definition file, and complains of every fault with its place.
 *
 * @param file as problems shall name it
 */
export function readDefinitions(
  text: string,
  file: string,
  told: Partial<ReadOptions> = {},
): ReadText {
  const { documents, problems } = readYaml(text, file);
  if (documents.length === 0 && problems.length === 0) return { ...empty(file), documents: [] };
  const shelf = (told.shelf ?? OpenSloShelf.empty).with(documents);
  const options = { datasources: null, window: null, only: null, lone: null, ...told, shelf };
  const read = documents.flatMap((document) =>
    definitionPaths(document.value).map((path) => readDocument(document, path, options)),
  );
  const all: ReadDefinitions = {
    slos: read.flatMap(({ slos }) => slos),
    problems: [...distinct([...problems, ...read.flatMap((each) => each.problems)])].sort(byPlace),
    faulty: read.flatMap(({ faulty }) => faulty),
    obscured: problems.length > 0 || read.some(({ obscured }) => obscured),
  };
  const { kept, duplicates } = withoutDuplicates(all.slos);
  return {
    ...all,
    slos: kept,
    problems: bounded([...all.problems, ...duplicates], file),
    documents: foundDocuments(documents, options.lone !== null),
  };
}

const FOREIGN = { openslo: readOpenSlo, sloth: readSloth, pyrra: readPyrra } as const;

/** @param path empty, or where the definition stands in a document that holds a list of them */
function readDocument(document: YamlDocument, path: Path, options: ReadOptions): ReadDefinitions {
  const root = new Field(document, path, new ForeignNotes());
  const language = languageOf(root.value);
  if (options.lone !== null && path.length === 0 && standsAlone(root.value)) {
    return readLoneSlo(document, options.lone, options.datasources);
  }
  if (language === null || (options.only !== null && language !== options.only)) {
    const key = ['apiVersion', 'version'].find((each) => root.keys().includes(each));
    const field = root.at(key ?? 'apiVersion');
    const message = versionComplaint(field.key, field.value, root.value, options.only);
    return refused(document, field.path, message);
  }
  if (language !== 'native') return FOREIGN[language](root, options);
  if (path.length === 0) return readNativeDocument(document, options.datasources);
  const message = 'slowburn/v1 stands in a list, allowed: a document of its own (---)';
  return refused(document, path, message);
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
  const of = (severity: Problem['severity']) =>
    problems.filter((problem) => problem.severity === severity);
  const kept = new Set([
    ...of('error').slice(0, MOST_ERRORS),
    ...of('warning').slice(0, MOST_WARNINGS),
  ]);
  const rest = problems.filter((problem) => !kept.has(problem));
  const [next] = rest;
  if (next === undefined) return problems;
  const severity = rest.some((each) => each.severity === 'error') ? 'error' : 'warning';
  const message = `${rest.length} further problems in ${file} are not listed`;
  return [...kept].sort(byPlace).concat({ severity, place: next.place, path: '', message });
}

/** Each once: what several SLOs share is read with each of them. */
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function byPlace({ place: a }: Problem, { place: b }: Problem): number {
  return a.line - b.line || a.column - b.column;
}
