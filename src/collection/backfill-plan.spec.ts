import { DateTime } from 'luxon';
import fc from 'fast-check';
import { nextPiece } from './backfill-plan';
import type { Steps } from './steps';

const now = DateTime.fromISO('2026-11-20T15:42:30Z').toSeconds();
const start = DateTime.fromISO('2026-11-20T15:40:00Z').toSeconds();
const DAY = 86_400;

function pieces(from: number, target: number, at: number): readonly Steps[] {
  const all: Steps[] = [];
  for (let before = from; ;) {
    const piece = nextPiece(before, target, at);
    if (piece === null) return all;
    all.push(piece);
    before = piece.from;
  }
}

describe('the pieces of a backfill', () => {
  it('go back two hours by minutes, to midnight, three days one by one, then five at a time', () => {
    const iso = (at: number) => DateTime.fromSeconds(at, { zone: 'utc' }).toFormat('dd HH:mm');
    const told = pieces(start, start - 10 * DAY, now).map(
      ({ from, to, stepSeconds }) => `${iso(from)} to ${iso(to)} by ${stepSeconds}`,
    );
    expect(told).toEqual([
      '20 13:40 to 20 15:40 by 60',
      '20 00:00 to 20 13:40 by 300',
      '19 00:00 to 20 00:00 by 300',
      '18 00:00 to 19 00:00 by 300',
      '17 00:00 to 18 00:00 by 300',
      '12 00:00 to 17 00:00 by 300',
      '10 15:40 to 12 00:00 by 300',
    ]);
  });

  it('lead from a minute between two places of the grid to the earlier one first', () => {
    const minute = now - (now % 300) - 2 * DAY + 180;
    const [first, second] = pieces(minute, minute - 180 - DAY, now);
    expect(first).toEqual({ from: minute - 180, to: minute, stepSeconds: 60 });
    expect(second).toMatchObject({ to: minute - 180, stepSeconds: 300 });
  });

  it('adjoin, reach the target exactly and never ask for more points than servers answer', () => {
    const instant = fc
      .integer({ min: 0, max: 400 * DAY })
      .map((offset) => start - Math.floor(offset / 300) * 300);
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 9_000 }), (begins, slots) => {
        const all = pieces(begins, begins - slots * 300, now);
        let before = begins;
        for (const piece of all) {
          expect(piece.to).toBe(before);
          expect((piece.to - piece.from) % piece.stepSeconds).toBe(0);
          expect((piece.to - piece.from) / piece.stepSeconds).toBeLessThan(11_000);
          expect(Math.floor((piece.to - 1) / DAY)).toBeLessThan(Math.floor(piece.from / DAY) + 6);
          before = piece.from;
        }
        expect(before).toBe(begins - slots * 300);
      }),
    );
  });
});
