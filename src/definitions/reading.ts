import type { Slo } from '../domain/slo';
import type { Place, Problem } from '../yaml/problem';
import type { Language } from './language';

export interface PlacedSlo {
  readonly slo: Slo;
  readonly place: Place;
}

/** A definition of a text, before anything else is known of it. */
export interface FoundDocument {
  /** Null where its version key names none that is known. */
  readonly language: Language | null;
  /** Where it begins, from 1. */
  readonly line: number;
}

/** What a whole text defines, document by document. */
export interface ReadText extends ReadDefinitions {
  readonly documents: readonly FoundDocument[];
}

/** What a text defines, and what is wrong with it. */
export interface ReadDefinitions {
  readonly slos: readonly PlacedSlo[];
  readonly problems: readonly Problem[];
  /** SLOs (`service/name`) that the text means to define but whose definition is faulty. */
  readonly faulty: readonly string[];
  /** True when a fault hides which SLOs are meant: any that the text used to define may be among them. */
  readonly obscured: boolean;
}
