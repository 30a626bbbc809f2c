import { withinTotal } from './containment';
import { parseSelector } from './selector';

const within = (total: string, part: string) =>
  withinTotal(parseSelector(total), parseSelector(part));

describe('a part of a total', () => {
  it.each([
    ['code="500"', ['500'], ['200', '']],
    ['code!="200"', ['500', ''], ['200']],
    ['code=~"5.."', ['500', '5\n0'], ['1500', '5000', '50', '']],
    ['code=~"5..|429"', ['503', '429'], ['428']],
    ['code=~"(4|5)[0-9]+"', ['404', '5000'], ['4', '3000']],
    ['code!~"[1-3].."', ['500', ''], ['204']],
    ['code=~".*"', ['', 'x'], []],
    ['code=~".+"', ['x'], ['']],
    [String.raw`code=~"a\\.b"`, ['a.b'], ['axb']],
  ])('with %s is told by its labels', (matcher, yes, no) => {
    const test = within('m{job="a"}', `m{job="a",${matcher}}`);
    const labelled = (code: string) => (code === '' ? {} : { code });
    expect(yes.map((code) => test?.(labelled(code)))).toEqual(yes.map(() => true));
    expect(no.map((code) => test?.(labelled(code)))).toEqual(no.map(() => false));
  });

  it.each([
    ['of another metric', 'm{job="a"}', 'n{job="a",code="5"}'],
    ['of other targets', 'm{job="a"}', 'm{job="b",code="5"}'],
    ['that is wider', 'm{job="a",code="5"}', 'm{job="a"}'],
    ['whose flag only the server knows', 'm', 'm{code=~"(?i)err"}'],
    ['whose class only the server knows', 'm', String.raw`m{code=~"\\d+"}`],
    ['whose repetition is lazy', 'm', 'm{code=~"5.*?"}'],
    ['whose pattern does not compile', 'm', 'm{code=~"(5"}'],
  ])('%s is left to the server', (_what, total, part) => {
    expect(within(total, part)).toBeNull();
  });
});
