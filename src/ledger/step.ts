import type { Tally } from '../domain/tally';

/**
 * What was noticed about a step: it brought a gap's events, its source showed nothing, one of its
 * targets was silent without having ended, a label change or an old process was taken as a baseline,
 * bad was clamped to total, or its figures contradict.
 */
export type StepFlag =
  'gap' | 'missing' | 'provisional' | 'relabelling' | 'baseline' | 'clamped' | 'invalid';

/** What a step is flagged with whose samples may still come. */
export type AwaitedFlag = Extract<StepFlag, 'missing' | 'provisional'>;

/** The events of (previous step's end, `at`]. */
export interface Step extends Tally {
  /** The step's end, epoch seconds. */
  readonly at: number;
  readonly flags: readonly StepFlag[];
}
