import type { ServicePart } from '../../tables/services';
import type { Wording } from '../../words/wording';
import { nameOf, PLACE } from './document';
import { PAGE, type Sheet, STYLES, WIDTH } from './sheet';
import { actualText } from './runs';
import { LEADING, type Style } from './typesetter';

const [INDENT, NUMBER] = [14, 34];

/** Every service and SLO with its page, to be followed by eye or by link. */
export function contents(sheet: Sheet, services: readonly ServicePart[], wording: Wording): void {
  const { words } = wording;
  sheet.newPage();
  sheet.begins(PLACE.contents, words.contents);
  sheet.within('TOC', () => {
    sheet.paragraph(words.contents, STYLES.heading, 'H2', 8);
    for (const part of services) {
      const { service, slos } = part;
      sheet.need(60);
      entry(sheet, service, PLACE.service(part), STYLES.strong, 0);
      for (const placed of slos)
        entry(sheet, nameOf(placed.slo), PLACE.slo(placed), STYLES.muted, INDENT);
      sheet.y += 4;
    }
    entry(sheet, words.method.title, PLACE.method, STYLES.strong, 0);
  });
}

function entry(sheet: Sheet, text: string, name: string, style: Style, indent: number): void {
  const width = WIDTH - indent - NUMBER;
  const x = PAGE.left + indent;
  const lines = sheet.setter.lines(text, style, width);
  const height = style.size * LEADING;
  sheet.need(lines.length * height);
  const last = lines.at(-1);
  const top = sheet.y;
  sheet.shows(
    'TOCI',
    () => {
      sheet.put(lines, style, { x, y: top, width, align: 'left' });
      const number = String(sheet.pageOf(name) ?? '');
      const end = top + (lines.length - 1) * height;
      sheet.put(sheet.setter.lines(number, style, NUMBER), style, {
        ...{ x: PAGE.left + WIDTH - NUMBER, y: end, width: NUMBER, align: 'right' },
      });
      leader(
        sheet,
        x + (last?.width ?? 0) + 6,
        PAGE.left + WIDTH - 24,
        end + style.size,
        style.colour,
      );
    },
    actualText(`${text} ${String(sheet.pageOf(name) ?? '')}`),
    { name, says: text, x, y: top, width: WIDTH - indent, height: lines.length * height },
  );
  sheet.y += lines.length * height + 2;
}

/** Dots for the eye; they are no text. */
function leader(sheet: Sheet, from: number, to: number, y: number, colour: string): void {
  if (to <= from) return;
  const { paper } = sheet;
  paper
    .moveTo(from, y)
    .lineTo(to, y)
    .lineWidth(0.5)
    .dash(0.5, { space: 2.5 })
    .stroke(colour)
    .undash();
}
