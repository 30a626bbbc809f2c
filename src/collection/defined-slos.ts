import type { Slo } from '../domain/slo';

/** What is to be collected, as of now. */
export abstract class DefinedSlos {
  abstract current(): readonly Slo[];
}
