import { LAST_STOP, objectiveAt, ratioOf, readObjective, stopOf } from './objective-scale';

const stops = Array.from({ length: LAST_STOP + 1 }, (_, stop) => stop);

describe('the slider of objectives', () => {
  it('goes from a half to five nines, ever stricter, over those that people choose', () => {
    const objectives = stops.map(objectiveAt);
    expect([objectives[0], objectives.at(-1)]).toEqual(['50%', '99.999%']);
    for (const usual of ['90%', '95%', '99%', '99.5%', '99.75%', '99.9%', '99.95%', '99.99%']) {
      expect(objectives).toContain(usual);
    }
    const ratios = objectives.map(ratioOf);
    expect([...ratios].sort((a, b) => a - b)).toEqual(ratios);
    expect(new Set(ratios).size).toBe(ratios.length);
  });

  it('stands where its objective is, and at the nearest for others', () => {
    for (const stop of stops) expect(stopOf(ratioOf(objectiveAt(stop)))).toBe(stop);
    expect(objectiveAt(stopOf(0.99912))).toBe('99.91%');
    expect(objectiveAt(stopOf(0.1))).toBe('50%');
    expect(objectiveAt(stopOf(0.9999999))).toBe('99.999%');
  });
});

describe('an objective that is typed', () => {
  it.each([
    ['99.9', '99.9%'],
    ['99,9', '99.9%'],
    [' 99.9 % ', '99.9%'],
    ['0.999', '0.999'],
    ['0.5%', '0.5%'],
    ['50', '50%'],
  ])('%j is %s', (typed, objective) => {
    expect(readObjective(typed)).toBe(objective);
  });

  it.each(['', '100', '100%', '0', '1', '-5', '1e2', 'ninety', '99.9.9', '101'])(
    '%j is none',
    (typed) => {
      expect(readObjective(typed)).toBeNull();
    },
  );
});
