import { joinQueries, lotsOf } from './join-queries';
import { nodesOf, parseSyntax } from './syntax';

describe('queries asked as one', () => {
  it('parse, whatever they end with', () => {
    const joined = joinQueries(['sum(a) / sum(b)', 'c # a comment', 'd or e']);
    expect(nodesOf(parseSyntax(joined), 'FunctionCall').length).toBe(3);
  });

  it('are cut into lots of sixteen', () => {
    const queries = Array.from({ length: 40 }, (_, k) => `q${k}`);
    const lots = lotsOf(queries, (query) => query);
    expect(lots.map(({ length }) => length)).toEqual([16, 16, 8]);
    expect(lots.flat()).toEqual(queries);
  });

  it('are cut where the text would be too long, and one that is too long stays alone', () => {
    const queries = ['a'.repeat(300), 'b'.repeat(2_000), 'c'.repeat(300), 'd'.repeat(300)];
    const lots = lotsOf(queries, (query) => query, 1_000);
    expect(lots.map((lot) => lot.map((query) => query[0]).join(''))).toEqual(['a', 'b', 'cd']);
    for (const lot of lots.filter(({ length }) => length > 1)) {
      expect(joinQueries(lot).length).toBeLessThanOrEqual(1_000);
    }
  });
});
