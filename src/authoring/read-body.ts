import { readDefinitions } from '../definitions/read-definitions';
import type { FoundDocument, PlacedSlo } from '../definitions/reading';
import type { WrongInput } from '../http/problem';
import type { Problem } from '../yaml/problem';
import { readYaml } from '../yaml/read-yaml';
import { ChangeRefused } from './refusals';

/** How complaints call the text that was sent. */
export const BODY = 'body';

export interface BodyRead {
  readonly slos: readonly PlacedSlo[];
  readonly problems: readonly Problem[];
  readonly documents: readonly FoundDocument[];
}

/** What is known besides the text. */
export interface BodyOptions {
  /** The data sources an SLO may name. */
  readonly datasources: readonly string[];
  /** What an SLO that stands alone is called where it does not say so itself. */
  readonly lone?: { readonly service?: string; readonly name?: string };
}

/** Reads YAML of any of the four languages, or JSON: a native document or one SLO of it. */
export function readBody(text: string, { datasources, lone = {} }: BodyOptions): BodyRead {
  const { slos, problems, documents } = readDefinitions(text, BODY, { datasources, lone });
  return { slos, problems, documents };
}

/** @throws ChangeRefused that lists every fault of the text */
export function soundBody(text: string, options: BodyOptions): BodyRead {
  const read = readBody(text, options);
  refuseFaults(read.problems, text);
  return read;
}

/** @throws ChangeRefused that lists every error among the problems of a text */
export function refuseFaults(problems: readonly Problem[], text: string): void {
  const faults = problems.filter(({ severity }) => severity === 'error');
  if (faults.length === 0) return;
  const detail = faults.map(({ place, message }) => `line ${place.line}: ${message}`).join('; ');
  throw new ChangeRefused(422, detail, wrongInputs(faults, text));
}

/** Problems as errors of an answer, each with its value and what is allowed. */
export function wrongInputs(problems: readonly Problem[], text: string): readonly WrongInput[] {
  const { documents } = readYaml(text, BODY);
  return problems.map(({ place, path, message }) => {
    const document = documents.findLast((each) => each.place([]).line <= place.line);
    const { line, column } = place;
    const value = valueAt(document?.value, path);
    return { field: path, value, allowed: allowedBy(message), line, column, message };
  });
}

/** Messages end with what is allowed; where nothing else is, they say what is missing. */
function allowedBy(message: string): string {
  const at = message.lastIndexOf(', allowed: ');
  return at < 0 ? message : message.slice(at + ', allowed: '.length);
}

const LONGEST_SHOWN = 200;

/** The value of a path as problems write it; null for what is not there, or is no single value. */
function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const [, name, index, quoted] of path.matchAll(
    /([\w$-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g,
  )) {
    if (typeof value !== 'object' || value === null) return null;
    const key = name ?? index ?? String(JSON.parse(quoted ?? '""'));
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : null;
  }
  if (typeof value === 'object') return null;
  return typeof value === 'string' && value.length > LONGEST_SHOWN
    ? `${value.slice(0, LONGEST_SHOWN)}…`
    : (value ?? null);
}
