import type { Slo } from '../domain/slo';

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
