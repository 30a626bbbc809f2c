import { LEAST_COVERAGE_RATIO } from '../domain/coverage';
import { burnsFaster } from '../domain/burn-rate';
import type { Fraction } from '../domain/fraction';
import type { Slo } from '../domain/slo';
import { enoughToPage } from './tier-figures';
import type { Roughly, Timeline } from './timeline';

/** Products of rounded factors are off by less than this share of themselves. */
const PRODUCT_ERROR = 2 ** -50;

/**
 * Asks of many windows whether they burn faster than a factor:
 *
 *     bad x burning > total x allowing
 *
 * A comparison of floating-point numbers decides wherever it is sure; the few windows that are too
 * near to the factor are compared as integers, by the rule that decides everywhere else.
 */
export class BurnTest {
  private readonly burning: number;
  private readonly allowing: number;
  private readonly scratch: Roughly = {
    good: 0,
    total: 0,
    knownSeconds: 0,
    droppedSeconds: 0,
    error: 0,
  };

  constructor(
    private readonly timeline: Timeline,
    private readonly slo: Slo,
    private readonly factor: Fraction,
  ) {
    const { numerator, denominator } = slo.objective.budget;
    this.burning = Number(denominator * factor.denominator);
    this.allowing = Number(numerator * factor.numerator);
  }

  /** @returns null when less than half of the window is known */
  burns(a: number, b: number): boolean | null {
    const roughly = this.timeline.roughly(a, b, this.scratch);
    const { good, total, knownSeconds, droppedSeconds, error } = roughly;
    const seconds = (b - a) * this.timeline.grid.stepSeconds - droppedSeconds;
    const bad = total - good;
    if (good < 0 || bad < 0 || knownSeconds < 0) this.timeline.exactly(a, b);
    // Where exclusions leave nothing of a window, nothing is unknown of it.
    if ((knownSeconds - droppedSeconds) / seconds < LEAST_COVERAGE_RATIO) return null;
    const [left, right] = [bad * this.burning, total * this.allowing];
    const doubt = (left + right) * PRODUCT_ERROR + 4 * error * (this.burning + this.allowing);
    if (left > right + doubt) return true;
    if (left < right - doubt || bad + error === 0) return false;
    return burnsFaster(this.timeline.exactly(a, b).events, this.slo.objective, this.factor);
  }

  /** Whether there was enough of it to wake someone. */
  enoughToPage(a: number, b: number): boolean {
    if (this.slo.minEvents === null && this.slo.minBadEvents === null) return true;
    return enoughToPage(this.slo, this.timeline.exactly(a, b).events, this.timeline.scale);
  }
}
