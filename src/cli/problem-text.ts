import { type Problem, problemLine } from '../yaml/problem';
import { type Colour, coloured } from './colours';

const COLOURS: Readonly<Record<Problem['severity'], Colour>> = { error: 'red', warning: 'yellow' };

/** A problem on one line as editors read it, its severity coloured on a terminal. */
export function problemText(problem: Problem, colours: boolean): string {
  const line = problemLine(problem);
  if (!colours) return line;
  const { severity, place } = problem;
  const where = `${place.file}:${place.line}:${place.column}: `;
  return where + coloured(severity, COLOURS[severity]) + line.slice(where.length + severity.length);
}

/** `1 file`, `2 files`, `0 files`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
