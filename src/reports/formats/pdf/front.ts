import type { Report } from '../../report';
import { factsOf } from '../../tables/chosen-columns';
import { SERVICE_COLUMNS, SUMMARY_COLUMNS } from '../../tables/report-columns';
import type { ServicePart } from '../../tables/services';
import { summarySentence } from '../../tables/verdict';
import type { Wording } from '../../words/wording';
import { PLACE } from './document';
import { SIDE_BY_SIDE, sideBySide } from './facts';
import { frame } from './picture';
import { PAGE, type Sheet, STYLES, WIDTH } from './sheet';
import { tableOf } from './table';

/** Which month, how firm, and how it went over all and by service. */
export function front(
  sheet: Sheet,
  report: Report,
  services: readonly ServicePart[],
  wording: Wording,
): void {
  const { words } = wording;
  sheet.newPage();
  sheet.begins(PLACE.front, words.overall);
  sheet.within('Sect', () => {
    sheet.paragraph(words.title, STYLES.sentence, 'P', 0);
    sheet.paragraph(wording.month(report.month), STYLES.title, 'H1');
    sheet.paragraph(words.stateNotes[report.state], STYLES.strong, 'P', 8);
    sideBySide(sheet, factsOf(report), report, wording, { style: STYLES.text });
    sheet.y += 22;
    sheet.paragraph(words.overall, STYLES.heading, 'H2');
    sheet.paragraph(summarySentence(report.overall, wording), STYLES.sentence, 'P', 8);
    summaryCard(sheet, report, wording);
    tableOf(sheet, words.services, SERVICE_COLUMNS, report.services, wording, ({ service }) =>
      PLACE.service(services.find((part) => part.service === service) ?? NOWHERE),
    );
    notesOf(sheet, report, words.notes);
  });
}

const NOWHERE: ServicePart = { service: '', place: 0, slos: [] };

/** What the operator has to say. */
function notesOf(sheet: Sheet, { notes = [] }: Report, title: string): void {
  if (notes.length === 0) return;
  sheet.y += 14;
  sheet.paragraph(title, STYLES.heading, 'H2', 8);
  for (const note of notes) {
    if (note.title !== null) sheet.paragraph(note.title, STYLES.strong, 'P', 2);
    sheet.paragraph(note.text, STYLES.text, 'P', 8);
  }
}

function summaryCard(sheet: Sheet, report: Report, wording: Wording): void {
  const top = sheet.y;
  frame(sheet, { x: PAGE.left, y: top, width: WIDTH, height: SIDE_BY_SIDE + 20 });
  sheet.y += 9;
  sideBySide(sheet, SUMMARY_COLUMNS, report.overall, wording, {
    x: PAGE.left + 12,
    width: WIDTH - 24,
  });
  sheet.y = top + SIDE_BY_SIDE + 36;
}
