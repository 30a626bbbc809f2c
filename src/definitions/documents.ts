import type { YamlDocument } from '../yaml/yaml-document';
import { definitionPaths, languageOf } from './language';
import { standsAlone } from './lone-slo';
import type { FoundDocument } from './reading';

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
