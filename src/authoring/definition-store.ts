import { StoredDefinitions } from '../definitions/stored-definitions';
import type { Slo } from '../domain/slo';
import type { ChangedBy } from '../ledger/definition-history';

/** A definition that is to be made, changed or deleted. */
export interface DefinitionChange {
  readonly service: string;
  readonly name: string;
  /** The version that the change was planned on; null where there was none. */
  readonly expected: number | null;
  /** The SLO and its native text; null deletes. */
  readonly becomes: { readonly slo: Slo; readonly text: string } | null;
}

export type ChangeOutcome =
  /** Versions in the order of the changes; null for what was deleted. */
  | { readonly kind: 'changed'; readonly versions: readonly (number | null)[] }
  /** Somebody else was faster; nothing was changed. */
  | { readonly kind: 'stale' };

/** Keeps what is defined over the API. */
export abstract class DefinitionStore extends StoredDefinitions {
  /**
   * All changes or none, with their revisions and audit rows; of two that were planned on the same
   * version one is stale.
   */
  abstract change(changes: readonly DefinitionChange[], by: ChangedBy): Promise<ChangeOutcome>;
}
