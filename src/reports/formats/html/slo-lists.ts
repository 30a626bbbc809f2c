import type { SloReport } from '../../report';
import type { Columns } from '../../tables/column';
import {
  compared,
  DAY_COLUMNS,
  EPISODE_COLUMNS,
  EXCLUSION_COLUMNS,
  OBJECTIVE_COLUMNS,
  PREVIOUS_MONTH_COLUMNS,
} from '../../tables/list-columns';
import { shownEpisodes } from '../../tables/shown-episodes';
import type { Wording } from '../../words/wording';
import { tableElement } from './figures';
import { markup, type Markup } from './markup';

/** What an SLO has several of; its days folded up, since the charts show them. */
export function listsOf(slo: SloReport, wording: Wording): readonly Markup[] {
  const { objectiveChanges, dayByDay, exclusions, previousMonths, days, none, noData } =
    wording.words;
  const list = <Row>(
    name: string,
    title: string,
    columns: Columns<Row>,
    rows: readonly Row[],
    empty: string,
  ) =>
    rows.length === 0 ? emptyList(title, empty) : tableElement(columns, rows, name, title, wording);
  return [
    slo.objectives.length < 2
      ? markup``
      : list('objectives', objectiveChanges, OBJECTIVE_COLUMNS, slo.objectives, none),
    ...episodesOf(slo, wording),
    list('exclusions', exclusions.title, EXCLUSION_COLUMNS, slo.exclusions, exclusions.none),
    list('previousMonths', previousMonths.title, PREVIOUS_MONTH_COLUMNS, compared(slo), noData),
    markup`<details><summary>${dayByDay}</summary>${list('days', days.title, DAY_COLUMNS, slo.days, noData)}</details>\n`,
  ];
}

/** The most costly, and the rest folded up below what it took together. */
function episodesOf(slo: SloReport, wording: Wording): readonly Markup[] {
  const { title, none } = wording.words.episodes;
  const { shown, rest, restSentence: sentence } = shownEpisodes(slo, wording);
  if (shown.length === 0) return [emptyList(title, none)];
  const table = (list: typeof shown, from: number) =>
    tableElement(EPISODE_COLUMNS, list, 'episodes', title, wording, from);
  if (rest.length === 0) return [table(shown, 0)];
  return [
    table(shown, 0),
    markup`<p class="print">${sentence}</p><details><summary>${sentence}</summary>${table(rest, shown.length)}</details>\n`,
  ];
}

function emptyList(title: string, text: string): Markup {
  return markup`<section><h4>${title}</h4><p>${text}</p></section>\n`;
}
