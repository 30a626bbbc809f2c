import type { Drawing, Shape } from '../../charts/drawing';
import { PALETTE } from '../../charts/palette';
import type { Sheet } from './sheet';
import type { Typesetter } from './typesetter';

/** Puts a drawing where the sheet has been filled up to, as wide as is said. */
export function picture(sheet: Sheet, drawing: Drawing, x: number, y: number, width: number): void {
  const scale = width / drawing.width;
  sheet.shows(
    'Figure',
    () => {
      sheet.paper.save().translate(x, y).scale(scale);
      for (const shape of drawing.shapes) draw(sheet.paper, sheet.setter, shape);
      sheet.paper.restore();
    },
    {
      alt: `${drawing.title}. ${drawing.description}`,
      bbox: [x, y, x + width, y + drawing.height * scale],
    },
  );
}

function draw(paper: PDFKit.PDFDocument, setter: Typesetter, shape: Shape): void {
  switch (shape.kind) {
    case 'box': {
      const { x, y, width, height, fill } = shape;
      paper.rect(x, y, width, height).fill(fill);
      return;
    }
    case 'line': {
      const { path, stroke, strokeWidth = 1, dash, fill } = shape;
      if (fill !== undefined) paper.path(path).fill(fill);
      if (stroke === undefined) return;
      paper.path(path).lineWidth(strokeWidth);
      if (dash !== undefined) paper.dash(dash[0] ?? 1, { space: dash[1] ?? 1 });
      paper.stroke(stroke);
      if (dash !== undefined) paper.undash();
      return;
    }
    case 'text': {
      const style = { size: shape.size, colour: shape.fill };
      const [line] = setter.lines(shape.text, style, Infinity);
      if (line === undefined) return;
      const before = { start: 0, middle: line.width / 2, end: line.width }[shape.anchor];
      setter.draw(line, shape.x - before, shape.y - shape.size * 0.98, style);
      return;
    }
  }
}

/** A rounded frame around what is told first. */
export function frame(sheet: Sheet, box: { x: number; y: number; width: number; height: number }) {
  sheet.decorates(() => {
    const { x, y, width, height } = box;
    sheet.paper.roundedRect(x, y, width, height, 5).lineWidth(0.8).stroke(PALETTE.grid);
  });
}
