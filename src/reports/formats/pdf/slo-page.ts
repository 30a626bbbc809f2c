import { budgetBar } from '../../charts/budget-bar';
import { burnDown } from '../../charts/burn-down';
import { dailyBars } from '../../charts/daily-bars';
import type { Drawing } from '../../charts/drawing';
import { CHART_SIZE } from '../../charts/frame';
import { PALETTE } from '../../charts/palette';
import type { Report, SloReport } from '../../report';
import { MAIN_COLUMNS } from '../../tables/chosen-columns';
import type { Columns } from '../../tables/column';
import { groupText } from '../../tables/group-text';
import type { PlacedSlo } from '../../tables/services';
import {
  ALERT_COLUMNS,
  BUDGET_COLUMNS,
  COVERAGE_COLUMNS,
  EVENT_COLUMNS,
  RAW_COLUMNS,
} from '../../tables/slo-columns';
import { verdictMark, verdictSentence } from '../../tables/verdict';
import type { Wording } from '../../words/wording';
import { nameOf, PLACE } from './document';
import { oneBelowAnother, SIDE_BY_SIDE, sideBySide } from './facts';
import { frame, picture } from './picture';
import { PAGE, type Sheet, STYLES, WIDTH } from './sheet';
import { lists } from './slo-lists';
import { LEADING } from './typesetter';

const BAR_WIDTH = 110;

/** All that the report knows of one SLO, on a page of its own, seldom on two. */
export function sloPage(
  sheet: Sheet,
  report: Report,
  placed: PlacedSlo,
  isOneOfMany: boolean,
  wording: Wording,
): void {
  const { slo } = placed;
  sheet.newPage();
  sheet.begins(PLACE.slo(placed), nameOf(slo), isOneOfMany);
  sheet.within('Sect', () => {
    title(sheet, slo, wording);
    card(sheet, slo, wording);
    const { charts } = wording.words;
    chart(sheet, charts.dailyBars, () => dailyBars(report, slo, wording));
    chart(sheet, charts.burnDown, () => burnDown(report, slo, wording));
    groups(sheet, slo, wording);
    lists(sheet, slo, wording);
  });
}

function title(sheet: Sheet, slo: SloReport, wording: Wording): void {
  const { words } = wording;
  const team = slo.team === null ? '' : ` · ${words.team} ${slo.team}`;
  sheet.paragraph(`${words.service} ${slo.service}${team}`, STYLES.muted, 'P', 0);
  sheet.paragraph(slo.slo, STYLES.heading, 'H3', 0);
  const group = groupText(slo.group);
  if (group !== '') sheet.paragraph(group, STYLES.muted, 'P', 0);
  if (slo.description !== null) sheet.paragraph(slo.description, STYLES.text, 'P', 0);
  sheet.y += 3;
  const sentence = `${verdictMark(slo.met)} ${verdictSentence(slo, wording)}`;
  const colour = slo.met === false ? PALETTE.bad : PALETTE.ink;
  sheet.paragraph(sentence, { ...STYLES.strong, colour }, 'P', 2);
  // The ledger's own words.
  if (slo.reason !== null) sheet.paragraph(slo.reason, STYLES.muted, 'P', 2);
  sheet.y += 3;
}

function card(sheet: Sheet, slo: SloReport, wording: Wording): void {
  const height = SIDE_BY_SIDE + 14;
  sheet.need(height);
  const top = sheet.y;
  frame(sheet, { x: PAGE.left, y: top, width: WIDTH, height });
  sheet.y += 6;
  sideBySide(sheet, MAIN_COLUMNS, slo, wording, {
    x: PAGE.left + 12,
    width: WIDTH - BAR_WIDTH - 24,
  });
  const bar = budgetBar(slo.budget.remainingRatio, wording);
  const x = PAGE.width - PAGE.right - BAR_WIDTH - 12;
  picture(sheet, bar, x, top + (height - (bar.height * BAR_WIDTH) / bar.width) / 2, BAR_WIDTH);
  sheet.y = top + height + 10;
}

/** @param drawingOf asked only where there is ink */
function chart(sheet: Sheet, title: string, drawingOf: () => Drawing): void {
  const height = (CHART_SIZE.height * WIDTH) / CHART_SIZE.width;
  sheet.need(height + STYLES.caption.size * LEADING);
  sheet.paragraph(title, STYLES.caption, 'P', 2);
  if (sheet.inInk) picture(sheet, drawingOf(), PAGE.left, sheet.y, WIDTH);
  sheet.y += height + 6;
}

/** Three columns: what was allowed, what was counted, what was seen. */
function groups(sheet: Sheet, slo: SloReport, wording: Wording): void {
  const { words } = wording;
  const [gap, columns] = [18, 3];
  const width = (WIDTH - (columns - 1) * gap) / columns;
  const lines = BUDGET_COLUMNS.length * (STYLES.cell.size * LEADING + 3);
  sheet.need(lines + STYLES.caption.size * LEADING + 3);
  const top = sheet.y;
  const column = (k: number, y: number, name: string, of: Columns<SloReport>): number =>
    oneBelowAnother(sheet, name, of, slo, wording, { x: PAGE.left + k * (width + gap), y, width });
  const ends = [
    column(0, top, words.budget.title, BUDGET_COLUMNS),
    column(1, column(1, top, words.events, EVENT_COLUMNS) + 7, words.alerts.title, ALERT_COLUMNS),
    column(
      2,
      column(2, top, words.coverage.title, COVERAGE_COLUMNS) + 7,
      words.raw.title,
      RAW_COLUMNS,
    ),
  ];
  sheet.y = Math.max(...ends) + 8;
}
