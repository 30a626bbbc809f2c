import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import { plainFont } from './sfnt';

/** A typeface in two weights, and what it can write. */
export interface Face {
  readonly regular: FontFile;
  readonly bold: FontFile;
  readonly has: (codePoint: number) => boolean;
}

export interface FontFile {
  readonly name: string;
  /** As plain OpenType. */
  readonly content: () => Buffer;
}

/**
 * The first that has a character writes it. The fonts are files of packages: what is written does not depend on
 * the machine, and a bare image without fonts will do. Last comes one that has all of Unicode's first
 * plane, drawn in coarse squares: to be read rather than admired.
 */
export const FACES: readonly Face[] = [
  ...['latin', 'latin-ext', 'cyrillic', 'greek', 'vietnamese'].map((script) =>
    faceOf(sourceSans(script, 400), sourceSans(script, 600)),
  ),
  faceOf(
    'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf',
    'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf',
  ),
  faceOf('@fontsource/unifontex/files/unifontex-latin-400-normal.woff'),
];

function sourceSans(script: string, weight: number): string {
  return `@fontsource/source-sans-3/files/source-sans-3-${script}-${weight}-normal.woff`;
}

function faceOf(file: string, bold = file): Face {
  const regular = fontFile(file);
  const known = new Map<number, boolean>();
  let font: Font | null = null;
  return {
    regular,
    bold: bold === file ? regular : fontFile(bold),
    has: (codePoint) => {
      const told = known.get(codePoint);
      if (told !== undefined) return told;
      font ??= opened(regular);
      const has = font.hasGlyphForCodePoint(codePoint);
      known.set(codePoint, has);
      return has;
    },
  };
}

/** @param file inside a package, from its name on */
function fontFile(file: string): FontFile {
  let content: Buffer | null = null;
  return {
    name: file,
    content: () => (content ??= plainFont(readFileSync(require.resolve(file)))),
  };
}

function opened({ name, content }: FontFile): Font {
  const font = create(content());
  if ('fonts' in font) throw new Error(`${name} is a collection of fonts`);
  return font;
}
