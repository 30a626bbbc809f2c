import type { Slo } from '../domain/slo';
import type { Place, Problem } from '../yaml/problem';

export type { Place, Problem };

export interface Defined {
  readonly slo: Slo;
  readonly place: Place;
  /** True while its file has turned bad and this is the last good text of it. */
  readonly stale: boolean;
}

export interface Definitions {
  readonly defined: readonly Defined[];
  readonly problems: readonly Problem[];
}

/** What is defined now; the definition files are behind it and may change at any time. */
export abstract class DefinitionRegistry {
  abstract current(): Definitions;

  /** Calls back after every change, until the returned function is called. */
  abstract onChange(listener: (definitions: Definitions) => void): () => void;
}
