import { htmlEscape } from 'escape-goat';
import type { Drawing, Shape } from './drawing';

/**
 * A drawing as SVG text, to stand in a document or alone. It has neither styles nor scripts.
 *
 * @param id of the document's own, unlike that of its other drawings
 */
export function svgText(
  { width, height, title, description, shapes }: Drawing,
  id: string,
): string {
  const name = htmlEscape(id);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"` +
    ` role="img" aria-labelledby="${name}-t ${name}-d" font-family="sans-serif">` +
    `<title id="${name}-t">${htmlEscape(title)}</title><desc id="${name}-d">${htmlEscape(description)}</desc>` +
    `${shapes.map(shapeText).join('')}</svg>`
  );
}

function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, fill, title } = shape;
      const box = `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" fill="${fill}"`;
      return title === undefined ? `${box}/>` : `${box}><title>${htmlEscape(title)}</title></rect>`;
    }
    case 'line': {
      const { path, stroke, strokeWidth = 1, dash, fill = 'none' } = shape;
      const pen =
        stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="${short(strokeWidth)}"`;
      const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
      return `<path d="${path}" fill="${fill}"${pen}${dashes}/>`;
    }
    case 'text': {
      const { x, y, text, size, anchor, fill } = shape;
      return `<text x="${short(x)}" y="${short(y)}" font-size="${size}" text-anchor="${anchor}" fill="${fill}">${htmlEscape(text)}</text>`;
    }
  }
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
