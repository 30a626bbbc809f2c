import type { YamlDocument } from '../yaml/yaml-document';
import { definitionPaths, type Language, languageOf } from './language';
import { standsAlone } from './lone-slo';

/** A definition of a text, before anything else is known of it. */
export interface FoundDocument {
  /** Null where its version key names none that is known. */
  readonly language: Language | null;
  /** Where it begins, from 1. */
  readonly line: number;
}

/** @param alone whether one SLO without a document around it is one of our own language */
export function foundDocuments(
  documents: readonly YamlDocument[],
  alone: boolean,
): readonly FoundDocument[] {
  return documents.flatMap((document) =>
    definitionPaths(document.value).map((path): FoundDocument => {
      const value = path.reduce<unknown>(
        (within, key) => (within as Readonly<Record<string | number, unknown>>)[key],
        document.value,
      );
      const isLone = alone && path.length === 0 && standsAlone(value);
      return { language: isLone ? 'native' : languageOf(value), line: document.place(path).line };
    }),
  );
}
