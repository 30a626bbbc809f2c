import { isDeepStrictEqual } from 'node:util';
import { type Path, pathText, type Place } from '../yaml/problem';
import { readYaml } from '../yaml/read-yaml';
import type { PlacedSlo } from './reading';

/**
 * Where a field of an SLO is written: `sli.ratio.total` stands at `slos[0].sli.ratio.total`.
 *
 * @param text in which the SLO was read
 * @returns what is written around it where the field is not, as in another language
 */
export function fieldPlace(
  text: string,
  { place }: PlacedSlo,
  field: string,
): { readonly place: Place; readonly path: string } {
  for (const document of readYaml(text, place.file).documents) {
    const roots: readonly Path[] = [[], ...slosOf(document.value).map((_, k) => ['slos', k])];
    const root = roots.findLast((each) => isDeepStrictEqual(document.place(each), place));
    if (root === undefined) continue;
    let written: Path = field === '' ? root : [...root, ...field.split('.')];
    while (!isWritten(document.value, written)) written = written.slice(0, -1);
    return { place: document.place(written), path: pathText(written) };
  }
  return { place, path: '' };
}

function slosOf(document: unknown): readonly unknown[] {
  const slos = valueOf(document, 'slos');
  return Array.isArray(slos) ? slos : [];
}

function isWritten(value: unknown, [key, ...rest]: Path): boolean {
  return key === undefined ? value !== undefined : isWritten(valueOf(value, key), rest);
}

function valueOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
}
