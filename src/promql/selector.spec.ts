import fc from 'fast-check';
import { anyCharacters } from '../../test/support/any-text';
import { PromqlError } from './promql-error';
import { formatSelector, parseSelector, type MatchOperator } from './selector';
import { anyOf, quoted, unquoted } from './quoting';

describe('a selector', () => {
  it.each([
    ['up', 'up'],
    ['up{}', 'up'],
    ['up{job="api"}', 'up{job="api"}'],
    [`x{b=~"5..", a='q"t'}`, 'x{a="q\\"t",b=~"5.."}'],
    ['x{a=`back\\slash`}', 'x{a="back\\\\slash"}'],
    ['{__name__="x",a!="b"}', 'x{a!="b"}'],
    ['{"with.dots","label.dots"!~"v"}', '{"with.dots","label.dots"!~"v"}'],
    ['sum_total{a="}"}', 'sum_total{a="}"}'],
  ])('%s is canonically %s', (text, canonical) => {
    expect(formatSelector(parseSelector(text))).toBe(canonical);
  });

  it.each([
    ['', 'empty'],
    ['rate(x[5m])', 'plain selector'],
    ['x[5m]', 'plain selector'],
    ['x offset 5m', 'plain selector'],
    ['sum(x)', 'plain selector'],
    ['x{a="b"', 'expects more'],
    ['{a="b"}', 'name one metric'],
    ['{__name__=~"x.*"}', 'name one metric'],
    ['x{a=b}', 'not PromQL'],
  ])('%s is refused: %s', (text, why) => {
    expect(() => parseSelector(text)).toThrow(why);
  });

  it('tells where it stops being PromQL', () => {
    try {
      parseSelector('up{job=api}');
      throw new Error('must not parse');
    } catch (error) {
      expect(error).toBeInstanceOf(PromqlError);
      expect((error as PromqlError).offset).toBe('up{job='.length);
    }
  });

  const label = fc
    .stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,10}$/)
    .filter((name) => name !== '__name__');
  const op = fc.constantFrom<MatchOperator>('=', '!=', '=~', '!~');

  it('means after parsing what it meant before, whatever its values hold', () => {
    const matchers = fc.uniqueArray(fc.record({ label, op, value: anyCharacters() }), {
      selector: (matcher) => matcher.label,
      maxLength: 4,
    });
    fc.assert(
      fc.property(matchers, (given) => {
        const parsed = parseSelector(formatSelector({ metric: 'm', matchers: given }));
        const sorted = (list: typeof given) =>
          [...list].sort((a, b) => (a.label < b.label ? -1 : 1));
        expect(sorted([...parsed.matchers])).toEqual(sorted(given));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('quoting', () => {
  it('is undone by reading', () => {
    fc.assert(
      fc.property(anyCharacters(), (value) => {
        expect(unquoted(quoted(value))).toBe(value);
      }),
      { numRuns: 5000 },
    );
  });

  it('refuses half a surrogate pair, which no label can hold', () => {
    expect(() => quoted('\ud800')).toThrow('well-formed');
  });

  it.each([
    [String.raw`"\x41\101\u00e9\n"`, 'AA\u00e9\n'],
    [String.raw`"\xc3\xa9"`, 'é'],
  ])('reads Go escapes in %s', (literal, value) => {
    expect(unquoted(literal)).toBe(value);
  });

  it('refuses an escape that Go does not know', () => {
    expect(() => unquoted(String.raw`"\q"`)).toThrow('string literal');
  });

  it('matches exactly the values given, though they look like patterns', () => {
    const values = fc.array(fc.stringMatching(/^[a-z.+*?()|[\]{}^$\\]{0,8}$/), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(values, fc.stringMatching(/^[a-z.+*?()|[\]{}^$\\]{0,8}$/), (wanted, other) => {
        const pattern = new RegExp(`^(?:${anyOf(wanted)})$`);
        for (const value of wanted) expect(pattern.test(value)).toBe(true);
        expect(pattern.test(other)).toBe(wanted.includes(other));
      }),
    );
  });
});
