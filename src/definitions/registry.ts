import type { Slo } from '../domain/slo';
import type { Place, Problem } from '../yaml/problem';

export type { Place, Problem };

export interface Defined {
  readonly slo: Slo;
  readonly place: Place;
  /** True while its file has turned bad and this is the last good text of it. */
  readonly stale: boolean;
  /** How the API keeps it; absent where a file defines it. */
  readonly api?: ApiVersion;
}

/** A definition that was made over the API: its version, and who made it last. */
export interface ApiVersion {
  readonly version: number;
  readonly updatedBy: string;
  /** Epoch seconds. */
  readonly updatedAt: number;
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

/** What became of an SLO that is not defined any more. */
export type PastDefinition =
  | {
      readonly kind: 'retired';
      /** Epoch seconds. */
      readonly at: number;
      /** As it was last defined; null where that can no longer be read. */
      readonly defined: Defined | null;
    }
  /** It goes on under another name, with its history. */
  | { readonly kind: 'renamed'; readonly service: string; readonly name: string };

/** What was defined once. */
export abstract class PastDefinitions {
  /** Null for what never was defined, and for what still is. */
  abstract find(service: string, name: string): Promise<PastDefinition | null>;
}
