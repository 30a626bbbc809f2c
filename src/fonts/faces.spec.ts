import { create, type Font } from 'fontkit';
import { FACES } from './faces';

describe('faces', () => {
  const faceOf = (sign: string) =>
    FACES.find(({ has }) => has(sign.codePointAt(0) ?? 0))?.regular.name ?? 'none';

  it.each([
    ['a', /source-sans-3-latin-400/],
    ['ã', /source-sans-3-latin-400/],
    ['č', /source-sans-3-latin-ext-400/],
    ['ж', /source-sans-3-cyrillic-400/],
    ['Ω', /source-sans-3-greek-400/],
    ['ש', /DejaVuSansCondensed/],
    ['ب', /DejaVuSansCondensed/],
    ['✓', /DejaVuSansCondensed/],
    ['😀', /DejaVuSansCondensed/],
    ['漢', /unifontex/],
    ['한', /unifontex/],
  ])('%s is written by the first that has it', (sign, name) => {
    expect(faceOf(sign)).toMatch(name);
  });

  it('hands out fonts as plain OpenType, with their glyphs', () => {
    for (const { regular, bold } of FACES) {
      for (const { content } of [regular, bold]) {
        const font = create(content()) as Font;
        expect(content().readUInt32BE(0)).toBe(0x0001_0000);
        expect(font.numGlyphs).toBeGreaterThan(10);
        expect(font.getGlyph(font.numGlyphs - 1).path.commands).toBeDefined();
      }
    }
  });
});
