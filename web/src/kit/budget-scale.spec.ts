import fc from 'fast-check';
import { barPlaces } from './budget-scale';

describe('the places of a budget bar', () => {
  it('are full at its right end, spent at a third, overspent to the left of that', () => {
    expect(barPlaces(1, null, null)).toMatchObject({ end: 1, isCut: false, band: null });
    expect(barPlaces(0, null, null).end).toBeCloseTo(1 / 3, 12);
    expect(barPlaces(-0.5, null, null)).toMatchObject({ end: 0, isCut: false });
    expect(barPlaces(-3, null, null)).toMatchObject({ end: 0, isCut: true });
  });

  it('have a band where unseen time could have changed something', () => {
    expect(barPlaces(0.4, 0.1, 0.4).band).toMatchObject({
      from: expect.closeTo(0.4) as number,
      to: expect.closeTo(0.6) as number,
    });
    expect(barPlaces(0.4, 0.399, 0.401).band).toBeNull();
  });

  it('stay on the bar and in their order', () => {
    const any = fc.double({ min: -5, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(any, any, any), (ratios) => {
        const [worst, remaining, best] = ratios.sort((a, b) => a - b);
        const { zero, end, band } = barPlaces(remaining, worst, best);
        for (const place of [zero, end]) expect(place >= 0 && place <= 1).toBe(true);
        if (band === null) return;
        expect(band.from).toBeLessThanOrEqual(end);
        expect(band.to).toBeGreaterThanOrEqual(end);
      }),
    );
  });
});
