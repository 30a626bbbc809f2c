import fc from 'fast-check';
import { anyText } from '../../test/support/any-text';
import { bareDifference } from './bare-difference';
import { type Counter, onInstances } from './counter';
import { abnormalInstances, differenceReasons, fullDifference, plainDifference } from './delta';
import { newestSamples, presences } from './presence';
import { anyOf, quoted, unquoted } from './quoting';
import { formatSelector, parseSelector, type Selector } from './selector';
import { nodesOf, parseSyntax, textOf } from './syntax';

/** Random strings that go through each property. */
const STRINGS = 10_000;

const SHAPE = {
  stepSeconds: 60,
  scrapeIntervalSeconds: 15,
  lookbackSeconds: 7_200,
  seriesLookbackSeconds: 7_200,
  fromLastScrape: true,
  unscraped: true,
};

/** A counter whose matchers hold these values: one of its job, one of another label, one negated. */
function counterOf(job: string, path: string, not: string): Counter {
  return {
    selector: {
      metric: 'requests_total',
      matchers: [
        { label: 'job', op: '=', value: job },
        { label: 'path', op: '=', value: path },
        { label: 'tenant', op: '!=', value: not },
      ],
    },
    groupBy: ['zone'],
    identity: ['job', 'instance'],
    births: 'count',
  };
}

function queriesOf(counter: Counter): readonly string[] {
  return [
    bareDifference(counter, 60),
    abnormalInstances(counter, 60),
    fullDifference(counter, SHAPE),
    differenceReasons(counter, SHAPE),
    ...presences(counter, 60),
    ...newestSamples(counter),
  ];
}

/** The tree of a query without its texts, and the values of its string literals in their order. */
function treeOf(query: string): { readonly shape: string; readonly values: readonly string[] } {
  const tree = parseSyntax(query);
  const values = nodesOf(tree, 'StringLiteral').map((node) => unquoted(textOf(query, node)));
  const nodes: string[] = [];
  tree.iterate({
    enter: ({ name }) => {
      nodes.push(name);
    },
    leave: () => {
      nodes.push('.');
    },
  });
  return { shape: nodes.join(' '), values };
}

describe('a label value, whatever it holds', () => {
  it('is the value of the literal that it is quoted to', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(unquoted(quoted(value))).toBe(value);
      }),
      { numRuns: STRINGS },
    );
  });

  it('is the matcher of the selector that it is built into, as is a name', () => {
    const name = anyText.filter((text) => text !== '' && text !== '__name__');
    fc.assert(
      fc.property(name, name, anyText, (metric, label, value) => {
        const selector: Selector = { metric, matchers: [{ label, op: '=', value }] };
        expect(parseSelector(formatSelector(selector))).toEqual(selector);
      }),
      { numRuns: STRINGS },
    );
  });

  it.each([
    ['the query of a step', STRINGS, (counter: Counter) => [plainDifference(counter, 60)]],
    ['every other query of a counter', STRINGS / 10, queriesOf],
  ])('changes nothing in the tree of %s but the literals it stands in', (_, strings, build) => {
    const plain = build(counterOf('a', 'b', 'c')).map(treeOf);
    fc.assert(
      fc.property(anyText, anyText, anyText, (job, path, not) => {
        const meant = new Map([
          ['a', job],
          ['b', path],
          ['c', not],
        ]);
        for (const [index, query] of build(counterOf(job, path, not)).entries()) {
          const { shape, values } = treeOf(query);
          expect(shape).toBe(plain[index]?.shape);
          expect(values).toEqual(plain[index]?.values.map((each) => meant.get(each) ?? each));
        }
      }),
      { numRuns: Math.ceil(strings / 3) },
    );
  });

  it('of an instance is matched by the pattern that narrows a counter, and no other text is', () => {
    const instances = fc.uniqueArray(anyText, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(anyText, instances, anyText, (job, names, other) => {
        const counter = counterOf('a', 'b', 'c');
        const [narrowed, ...more] = onInstances(
          counter,
          names.map((name) => [job, name]),
        );
        expect(more).toEqual([]);
        const text = formatSelector(narrowed?.selector ?? counter.selector);
        const matchers = parseSelector(text).matchers.filter(({ label }) => label === 'instance');
        const pattern = new RegExp(`^(?:${matchers[0]?.value ?? ''})$`, 's');
        for (const name of names) expect(pattern.test(name)).toBe(true);
        expect(pattern.test(other)).toBe(names.includes(other));
        expect(matchers[0]?.value).toBe(anyOf([...names].sort()));
      }),
      { numRuns: Math.ceil(STRINGS / 4) },
    );
  });
});
