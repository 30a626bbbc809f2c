import fc from 'fast-check';
import { anyText } from '../../test/support/any-text';
import { quotedText } from './quoted-text';

describe('a quoted text', () => {
  it.each([
    ['a "b" \\', String.raw`"a \"b\" \\"`],
    ['two\nlines\t', String.raw`"two\nlines\t"`],
    ['\u001b[31m', String.raw`"\u001b[31m"`],
    ['\u009b31m\u007f', String.raw`"\u009b31m\u007f"`],
    ['a\u2028b\u2029', String.raw`"a\u2028b\u2029"`],
    ['\u202egnp.exe', String.raw`"\u202egnp.exe"`],
    ['\ufeffx\u{e0041}', String.raw`"\ufeffx\udb40\udc41"`],
    ['\ud800', String.raw`"\ud800"`],
    ['é 日本 🚀', '"é 日本 🚀"'],
  ])('%j is shown on one line, with nothing to act upon', (text, shown) => {
    expect(quotedText(text)).toBe(shown);
  });

  it('is JSON of the same text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(JSON.parse(quotedText(text))).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });
});
