import type { CollectionView } from '../../../../src/collection/collection-views';
import { type Advice, adviceForFailure, adviceForSource, isBehind } from './advice';

/** One thing that somebody should look at. */
export interface Trouble {
  readonly kind: 'source' | 'behind' | 'error' | 'definition' | 'warning';
  /** A source, an SLO, a place in a file; empty for all. */
  readonly where: string;
  /** As the service says it; empty where the words of the page do. */
  readonly message: string;
  readonly advice: Advice;
  /** The SLO that it is about, where it is about one. */
  readonly slo: string | null;
}

/** All of it, what stops most first. */
export function troublesOf(collection: CollectionView): readonly Trouble[] {
  const { sources, failures, warnings, problems } = collection;
  return [
    ...sources.flatMap((source): Trouble[] => {
      const advice = adviceForSource(source);
      const { name, error } = source;
      return advice === null
        ? []
        : [{ kind: 'source', where: name, message: error ?? '', advice, slo: null }];
    }),
    ...(isBehind(collection)
      ? [{ kind: 'behind', where: '', message: '', advice: 'behind', slo: null } as const]
      : []),
    ...problems.map(({ file, line, column, message, severity }): Trouble => {
      const where = `${file}:${String(line)}:${String(column)}`;
      return severity === 'error'
        ? { kind: 'definition', where, message, advice: 'definition', slo: null }
        : { kind: 'warning', where, message, advice: 'meant', slo: null };
    }),
    ...failures.map(({ slo, message }): Trouble => {
      return { kind: 'error', where: slo, message, advice: adviceForFailure(message), slo };
    }),
    ...warnings.map(({ slo, message }): Trouble => {
      return { kind: 'warning', where: slo, message, advice: 'slip', slo };
    }),
  ];
}
