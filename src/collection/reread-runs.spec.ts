import type { AwaitedStep } from '../ledger/ledger';
import type { AwaitedFlag } from '../ledger/step';
import { runsToReread } from './reread-runs';

/** On the five-minute grid. */
const NOW = 1_800_000_000;
const MINUTE = 60;

function step(minutesAgo: number, flag: AwaitedFlag, streamId = 1): AwaitedStep {
  return { streamId, at: NOW - minutesAgo * MINUTE, flag };
}

/** Spans in minutes before now. */
function runs(...awaited: readonly AwaitedStep[]) {
  const ago = ({ from, to }: { from: number; to: number }) => [
    (NOW - from) / MINUTE,
    (NOW - to) / MINUTE,
  ];
  return runsToReread(awaited, NOW).map(({ span, look }) => ({
    span: ago(span),
    look: ago(look),
  }));
}

describe('steps that are read again', () => {
  it('are put together where they adjoin, whoever of the streams waits for them', () => {
    expect(runs(step(9, 'missing'), step(8, 'missing', 2), step(4, 'provisional'))).toEqual([
      { span: [10, 8], look: [10, 8] },
      { span: [5, 4], look: [5, 4] },
    ]);
  });

  it('have their turn at doubling ages when a target has been silent for more than an hour', () => {
    const ages = Array.from({ length: 4_320 }, (_, k) => k).filter(
      (age) => age % 5 === 0 && runs(step(age, 'provisional')).length > 0,
    );
    expect(ages.filter((age) => age <= 60)).toHaveLength(13);
    expect(ages.filter((age) => age > 60)).toEqual([80, 160, 320, 640, 1_280, 2_560]);
  });

  it('have their turn every time when nothing was seen in them', () => {
    expect(runs(step(1_000, 'missing'))).toEqual([{ span: [1_001, 1_000], look: [1_001, 1_000] }]);
  });

  it('are looked at where it is their turn, with the run that they are part of', () => {
    const silent = Array.from({ length: 40 }, (_, k) => step(100 - k, 'provisional'));
    expect(runs(...silent)).toEqual([{ span: [101, 61], look: [85, 61] }]);
    expect(runs(...silent, step(100, 'missing'))).toEqual([{ span: [101, 61], look: [101, 61] }]);
  });

  it('are the latest when there are too many', () => {
    const many = Array.from({ length: 25 }, (_, k) => step(2 * k, 'missing'));
    const told = runs(...many);
    expect(told).toHaveLength(20);
    expect(told.at(-1)?.span).toEqual([1, 0]);
  });
});
