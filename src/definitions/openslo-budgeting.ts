import { formatSeconds, MINUTE_SECONDS } from '../domain/duration';
import type { Objective } from '../domain/objective';
import type { Budgeting } from '../domain/slo';
import type { Field } from './foreign-field';
import { ratioObjective } from './foreign-objective';
import { DEFAULT_SLICE, parseSlice } from './native-sli';
import { durationOf, secondsOf } from './openslo-window';

export type Method = 'Occurrences' | 'Timeslices' | 'RatioTimeslices';

export interface Slices {
  readonly budgeting: Budgeting;
  /** How often a threshold metric is judged. */
  readonly thresholdSlice: number;
}

export function readMethod(spec: Field): Method | null {
  const field = spec.at('budgetingMethod');
  if (!field.present) return 'Occurrences';
  return field.oneOf('Occurrences', 'Timeslices', 'RatioTimeslices');
}

/**
 * How an objective's events are budgeted. A threshold metric is counted in slices by itself: its
 * value at the end of each tells whether the slice is good.
 */
export function readSlices(method: Method, objective: Field, threshold: boolean): Slices | null {
  const target = objective.at('timeSliceTarget');
  if (method === 'Occurrences') {
    return { budgeting: { kind: 'occurrences' }, thresholdSlice: MINUTE_SECONDS };
  }
  const sliceSeconds = readSlice(objective.at('timeSliceWindow'), objective);
  if (threshold) {
    target.drop('a slice of a threshold metric is good or bad by its value at the end');
    if (method === 'RatioTimeslices') {
      objective.warning(
        'a slice of a threshold metric is good or bad by its value at the end, not by the share of good values within',
      );
    }
    return sliceSeconds === null
      ? null
      : { budgeting: { kind: 'occurrences' }, thresholdSlice: sliceSeconds };
  }
  if (method === 'RatioTimeslices') {
    target.drop('each slice counts by its own ratio');
    return sliceSeconds === null
      ? null
      : { budgeting: { kind: 'ratio-timeslices', sliceSeconds }, thresholdSlice: sliceSeconds };
  }
  const sliceObjective: Objective | null = ratioObjective(target, null);
  if (sliceSeconds === null || sliceObjective === null) return null;
  return {
    budgeting: { kind: 'timeslices', sliceSeconds, sliceObjective },
    thresholdSlice: sliceSeconds,
  };
}

/** A bare number is one of minutes. v1alpha has no such field. */
function readSlice(field: Field, objective: Field): number | null {
  if (!field.present) {
    objective.warning(`there is no timeSliceWindow: ${DEFAULT_SLICE} is taken`);
    return parseSlice(DEFAULT_SLICE);
  }
  const text = field.text() ?? '';
  const seconds = /^[1-9]\d{0,5}$/.test(text) ? Number(text) * MINUTE_SECONDS : wrote(field);
  return seconds === null ? null : field.attempt(() => parseSlice(formatSeconds(seconds)));
}

function wrote(field: Field): number | null {
  const length = durationOf(field);
  if (length === null) return null;
  const seconds = secondsOf(length);
  if (seconds === null) {
    field.error(
      `${field.key} is "${length.written}", allowed: whole minutes that divide a day, such as 1m, 5m, 10m or 1h (m is a minute, M a month)`,
    );
  }
  return seconds;
}
