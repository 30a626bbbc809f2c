/** A definition that a file held and that is still in force, as it is kept. */
export interface KeptDefinition {
  /** The file as problems name it, and the line in it. */
  readonly file: string;
  readonly line: number;
  /** One SLO in the native language. */
  readonly text: string;
}

/** What the files defined when they were last recorded: a restart must not forget what was good. */
export abstract class KeptInForce {
  /** Those that files defined, not the API. */
  abstract byFiles(): Promise<readonly KeptDefinition[]>;
}
