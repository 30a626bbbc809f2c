import { quotedText } from '../domain/quoted-text';

/** Where a definition, or a complaint about one, stands. Line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly place: Place;
  /** Path in the document: `slos[0].sli.ratio.total`. */
  readonly path: string;
  /** Names the value and what is allowed. */
  readonly message: string;
}

/** Keys and list positions from a document's root down to a value. */
export type Path = readonly (string | number)[];

/** One line for people, in the form editors jump to: `slos.yaml:3:5: error: slos[0].name: …`. */
export function problemLine({ severity, place, path, message }: Problem): string {
  const where = `${place.file}:${place.line}:${place.column}: ${severity}`;
  return path === '' ? `${where}: ${message}` : `${where}: ${path}: ${message}`;
}

/** `slos[0].labels["a b"]` */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!/^[\w$-]+$/.test(key)) return `${text}[${quotedText(key)}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
