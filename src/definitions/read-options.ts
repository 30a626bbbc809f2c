import type { Language } from './language';
import type { OpenSloShelf } from './openslo-shelf';

/** What a reader is told besides the text. */
export interface ReadOptions {
  /** The names an SLO may ask, or null where they are not known. */
  readonly datasources: readonly string[] | null;
  /** The SLO window of languages that leave it to the process; null: 30d, with a warning. */
  readonly window: string | null;
  /** The one language that is allowed, or null for all. */
  readonly only: Language | null;
  /**
   * What is known of the name of an SLO that stands alone, without a document around it; null where
   * such a text is refused.
   */
  readonly lone: { readonly service?: string; readonly name?: string } | null;
  /** What other files define that OpenSLO documents refer to. */
  readonly shelf: OpenSloShelf;
}
