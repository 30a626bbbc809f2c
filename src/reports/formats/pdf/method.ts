import type { Wording } from '../../words/wording';
import { PLACE } from './document';
import { type Sheet, STYLES } from './sheet';

/** How to read it, at the end. */
export function method(sheet: Sheet, wording: Wording): void {
  const { title, notes } = wording.words.method;
  sheet.newPage();
  sheet.begins(PLACE.method, title);
  sheet.within('Sect', () => {
    sheet.paragraph(title, STYLES.heading, 'H2', 8);
    for (const note of notes) sheet.paragraph(note, STYLES.text, 'P', 6);
  });
}
