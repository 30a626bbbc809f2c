import type { Exclusion } from '../domain/exclusion-scope';

/** Time that people decided over the API not to count. Definitions hold their own. */
export abstract class ExclusionsInForce {
  /** All that are not revoked; the very same list again as long as nothing was added or revoked. */
  abstract inForce(): Promise<readonly Exclusion[]>;
}

class NoExclusions extends ExclusionsInForce {
  private readonly none: readonly Exclusion[] = [];

  inForce(): Promise<readonly Exclusion[]> {
    return Promise.resolve(this.none);
  }
}

/** For history that nobody has excluded anything from. */
export const NOTHING_EXCLUDED: ExclusionsInForce = new NoExclusions();
