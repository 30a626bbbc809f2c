import type { AlertReplayView } from '../../../../src/slos/replay-view-types';
import { burnScale, leftScale, medianDetection } from './preview-figures';

const line = (...values: readonly (number | null)[]) => values.map((value, at) => ({ at, value }));

/** Pages at the hours told, each with the seconds after which it came. */
function replayOf(...pages: readonly (readonly [hour: string, seconds: number | null])[]) {
  const at = (hour: string) => `2026-11-20T${hour}:00:00Z`;
  const spans = pages.map(([hour]) => ({ from: at(hour), to: null }));
  const firing = ([hour, detectionSeconds]: readonly [string, number | null]) => ({
    ...{ from: at(hour), to: null, spentRatio: null },
    detectionSeconds,
  });
  const windows = { long: '1h', short: '5m', factor: 14.4 };
  const view: AlertReplayView = {
    from: at('00'),
    to: at('23'),
    pages: { count: pages.length, perMonth: null, spentBeforeFirstRatio: null, spans },
    tiers: [
      { kind: 'ticket', severity: 'ticket', ...windows, count: 1, firings: [firing(['01', 1])] },
      { kind: 'page', severity: 'page', ...windows, count: 1, firings: pages.map(firing) },
    ],
  };
  return view;
}

describe('the charts of a preview', () => {
  it('show what is left from nothing to all, and below where too much was spent', () => {
    expect(leftScale(line(1, 0.4, null))).toEqual({ from: 0, to: 1 });
    expect(leftScale(line(1, -0.5))).toEqual({ from: -0.5, to: 1 });
    expect(leftScale(line(-80))).toEqual({ from: -1, to: 1 });
    expect(leftScale([])).toEqual({ from: 0, to: 1 });
  });

  it('draw a quiet burn flat', () => {
    expect(burnScale(line(0.2, null, 0.4))).toEqual({ from: 0, to: 2 });
    expect(burnScale(line(30))).toEqual({ from: 0, to: 30 });
  });
});

describe('how soon pages came', () => {
  it('is the middle of them, by the alerts that began them', () => {
    expect(medianDetection(replayOf(['01', 300], ['05', 900], ['09', 600]))).toBe(600);
    expect(medianDetection(replayOf(['01', 300], ['05', 900]))).toBe(600);
    expect(medianDetection(replayOf(['01', null], ['05', 900]))).toBe(900);
  });

  it('is not known without any', () => {
    expect(medianDetection(replayOf())).toBeNull();
    expect(medianDetection(replayOf(['01', null]))).toBeNull();
  });
});
