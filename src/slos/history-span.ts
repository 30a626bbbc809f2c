import { DAY_SECONDS, parseSeconds } from '../domain/duration';
import type { Slo } from '../domain/slo';
import { windowEndingAt } from '../domain/slo-window';
import { InvalidInput } from '../http/invalid-input';
import { askedInstant } from './asked-instant';
import type { HistoryQuery } from './figure-query.dto';
import type { Present } from './present';

const GRID_SECONDS = 300;
const USUAL_POINTS = 200;
const MOST_POINTS = 5_000;
const LONGEST_WINDOW_SECONDS = 90 * DAY_SECONDS;

export interface HistorySpan {
  readonly from: number;
  readonly to: number;
  readonly stepSeconds: number;
  readonly windowsSeconds: readonly number[];
}

/** @throws InvalidInput when the span is empty or the step is not on the five-minute grid */
export function historySpan(query: HistoryQuery, slo: Slo, present: Present): HistorySpan {
  const to = floored(askedInstant(query.to, present, 'to'), GRID_SECONDS);
  const from =
    query.from === undefined
      ? floored(windowEndingAt(slo.window, to).from, GRID_SECONDS)
      : floored(askedInstant(query.from, present, 'from'), GRID_SECONDS);
  if (from >= to) {
    throw new InvalidInput([
      { field: 'from', value: query.from ?? null, allowed: 'an instant before "to"' },
    ]);
  }
  const stepSeconds = query.step === undefined ? usualStep(to - from) : parseSeconds(query.step);
  const points = (to - from) / stepSeconds;
  if (stepSeconds % GRID_SECONDS !== 0 || points < 1 || points > MOST_POINTS) {
    const allowed = `a multiple of 5m that gives 1 to ${MOST_POINTS} points`;
    throw new InvalidInput([{ field: 'step', value: query.step ?? null, allowed }]);
  }
  const windowsSeconds = burnWindows(query.windows);
  return { from: to - floored(to - from, stepSeconds), to, stepSeconds, windowsSeconds };
}

function burnWindows(windows: string | undefined): readonly number[] {
  const seconds = windows === undefined ? [] : windows.split(',').map(parseSeconds);
  const wrong = seconds.some((each) => each % GRID_SECONDS !== 0 || each > LONGEST_WINDOW_SECONDS);
  if (!wrong && new Set(seconds).size === seconds.length) return seconds;
  const allowed = 'different multiples of 5m, of 90d at most';
  throw new InvalidInput([{ field: 'windows', value: windows ?? null, allowed }]);
}

function usualStep(seconds: number): number {
  const usual = [300, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400];
  return usual.find((step) => seconds / step <= USUAL_POINTS) ?? 86_400;
}

function floored(seconds: number, grain: number): number {
  return Math.floor(seconds / grain) * grain;
}
