import type { SloReport } from '../../report';
import type { Columns } from '../../tables/column';
import {
  compared,
  EPISODE_COLUMNS,
  EXCLUSION_COLUMNS,
  OBJECTIVE_COLUMNS,
  PREVIOUS_MONTH_COLUMNS,
} from '../../tables/list-columns';
import { shownEpisodes } from '../../tables/shown-episodes';
import type { Wording } from '../../words/wording';
import { PAGE, type Sheet, STYLES, WIDTH } from './sheet';
import { tableOf } from './table';
import { LEADING } from './typesetter';

/** What an SLO has several of, but for its days, which the charts show. */
export function lists(sheet: Sheet, slo: SloReport, wording: Wording): void {
  const { objectiveChanges, exclusions, previousMonths, noData } = wording.words;
  const list = <Row>(title: string, columns: Columns<Row>, rows: readonly Row[], none: string) => {
    if (rows.length === 0) empty(sheet, title, none);
    else tableOf(sheet, title, columns, rows, wording);
  };
  if (slo.objectives.length > 1) {
    list(objectiveChanges, OBJECTIVE_COLUMNS, slo.objectives, '');
  }
  episodes(sheet, slo, wording);
  list(exclusions.title, EXCLUSION_COLUMNS, slo.exclusions, exclusions.none);
  list(previousMonths.title, PREVIOUS_MONTH_COLUMNS, compared(slo), noData);
}

/** The most costly, and what the rest took together. */
function episodes(sheet: Sheet, slo: SloReport, wording: Wording): void {
  const { title, none } = wording.words.episodes;
  const { shown, rest, restSentence } = shownEpisodes(slo, wording);
  if (shown.length === 0) {
    empty(sheet, title, none);
    return;
  }
  tableOf(sheet, title, EPISODE_COLUMNS, shown, wording);
  if (rest.length === 0) return;
  sheet.y -= 3;
  sheet.paragraph(restSentence, STYLES.muted, 'P', 8);
}

/** Beside its name. */
function empty(sheet: Sheet, title: string, text: string): void {
  const [{ setter }, height] = [sheet, STYLES.caption.size * LEADING];
  const after = setter.width(title, STYLES.caption) + 8;
  const lines = setter.lines(text, STYLES.muted, WIDTH - after);
  sheet.need(lines.length * height);
  sheet.shows('P', () => {
    const box = { x: PAGE.left, y: sheet.y, width: WIDTH };
    sheet.put(setter.lines(title, STYLES.caption, WIDTH), STYLES.caption, box);
    sheet.put(lines, STYLES.muted, { ...box, x: box.x + after, y: box.y + 1 });
  });
  sheet.y += lines.length * height + 6;
}
