import fc from 'fast-check';
import { halved, mergeSelectors } from './merge-selectors';
import { formatSelector, parseSelector, type Selector } from './selector';

const texts = (selectors: readonly string[], most?: number) =>
  mergeSelectors(selectors.map(parseSelector), most).map(({ selector, varying, members }) => [
    formatSelector(selector),
    varying,
    [...members.keys()].sort(),
  ]);

describe('selectors that differ in one value', () => {
  it('are asked as one', () => {
    expect(texts(['m{job="a",code="5"}', 'm{job="b",code="5"}', 'm{code="5",job="c"}'])).toEqual([
      ['m{code="5",job=~"a|b|c"}', 'job', ['a', 'b', 'c']],
    ]);
  });

  it('are one question when they are the same', () => {
    expect(texts(['m{job="a"}', 'm{job="a"}'])).toEqual([['m{job="a"}', null, ['']]]);
  });

  it.each([
    ['another metric', 'm{job="a"}', 'n{job="b"}'],
    ['two differing values', 'm{job="a",code="4"}', 'm{job="b",code="5"}'],
    ['another operator', 'm{job="a"}', 'm{job!="b"}'],
    ['a pattern', 'm{job=~"a.*"}', 'm{job=~"b.*"}'],
    ['an empty value, which means absent', 'm{job=""}', 'm{job="b"}'],
    ['one that has no matcher', 'm', 'm{job="b"}'],
    ['a label matched twice', 'm{job="a",job="b"}', 'm{job="c",job="b"}'],
  ])('but not with %s', (_what, one, other) => {
    expect(texts([one, other]).map(([, varying]) => varying)).toEqual([null, null]);
  });

  it('go by the label that merges the most', () => {
    const merged = texts(['m{a="1",b="1"}', 'm{a="2",b="1"}', 'm{a="3",b="1"}', 'm{a="1",b="2"}']);
    expect(merged).toEqual([
      ['m{a=~"1|2|3",b="1"}', 'a', ['1', '2', '3']],
      ['m{a="1",b="2"}', null, ['']],
    ]);
  });

  it('are quoted as patterns', () => {
    expect(texts(['m{a="x.y"}', 'm{a="(z|"}'])).toEqual([
      [String.raw`m{a=~"\\(z\\||x\\.y"}`, 'a', ['(z|', 'x.y']],
    ]);
  });

  it('are cut where the text would be too long', () => {
    const many = Array.from({ length: 100 }, (_, k) => `m{job="service-${k}"}`);
    const merged = mergeSelectors(many.map(parseSelector), 400);
    expect(merged.length).toBeGreaterThan(2);
    for (const { selector } of merged) {
      expect(formatSelector(selector).length).toBeLessThanOrEqual(400);
    }
    expect(merged.reduce((sum, { members }) => sum + members.size, 0)).toBe(100);
  });
});

describe('any selectors', () => {
  const label = fc.constantFrom('job', 'code', 'path');
  const selector: fc.Arbitrary<Selector> = fc.record({
    metric: fc.constantFrom('m', 'n'),
    matchers: fc.uniqueArray(
      fc.record({
        label,
        op: fc.constantFrom('=' as const, '!=' as const, '=~' as const),
        value: fc.constantFrom('', 'a', 'b', 'c', 'x.y', 'a|b'),
      }),
      { selector: (matcher) => matcher.label },
    ),
  });

  it('come back, each exactly once, and halving keeps them', () => {
    fc.assert(
      fc.property(
        fc.array(selector, { maxLength: 12 }),
        fc.integer({ min: 20, max: 80 }),
        (all, most) => {
          const merged = mergeSelectors(all, most);
          const wanted = [...new Set(all.map(formatSelector))].sort();
          const given = (some: typeof merged) =>
            some.flatMap(({ members }) => [...members.values()].map(formatSelector)).sort();
          expect(given(merged)).toEqual(wanted);
          expect(given(merged.flatMap((each) => halved(each) ?? [each]))).toEqual(wanted);
        },
      ),
    );
  });
});
