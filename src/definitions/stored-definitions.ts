/** A definition that was made over the API, as it is kept. */
export interface StoredDefinition {
  readonly service: string;
  readonly name: string;
  /** Rises with every change, and is never given twice. */
  readonly version: number;
  /** One SLO in the native language. */
  readonly text: string;
  readonly updatedBy: string;
  /** Epoch seconds. */
  readonly updatedAt: number;
}

/** What became of a name under which nothing is defined now. */
export type Past =
  | {
      readonly kind: 'retired';
      /** Epoch seconds. */
      readonly at: number;
      /** Its last definition in the native language; null where only its fields were kept. */
      readonly text: string | null;
    }
  | { readonly kind: 'renamed'; readonly service: string; readonly name: string };

/** What was defined over the API: asked by every replica, so that all serve the same. */
export abstract class StoredDefinitions {
  /** Another number than before after every change; cheap. */
  abstract sequence(): Promise<number>;

  abstract all(): Promise<readonly StoredDefinition[]>;

  /** Null for a name that never was. */
  abstract past(service: string, name: string): Promise<Past | null>;
}
