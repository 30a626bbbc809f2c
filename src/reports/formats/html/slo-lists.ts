import type { SloReport } from '../../report';
import type { Columns } from '../../tables/column';
import {
  compared,
  DAY_COLUMNS,
  EPISODE_COLUMNS,
  EXCLUSION_COLUMNS,
  numbered,
  OBJECTIVE_COLUMNS,
  PREVIOUS_MONTH_COLUMNS,
} from '../../tables/list-columns';
import type { Wording } from '../../words/wording';
import { tableElement } from './figures';
import { markup, type Markup } from './markup';

/** What an SLO has several of; its days folded up, since the charts show them. */
export function listsOf(slo: SloReport, wording: Wording): readonly Markup[] {
  const { objectiveChanges, dayByDay, episodes, exclusions, previousMonths, days, none, noData } =
    wording.words;
  const list = <Row>(
    name: string,
    title: string,
    columns: Columns<Row>,
    rows: readonly Row[],
    empty: string,
  ) =>
    rows.length === 0
      ? markup`<section><h4>${title}</h4><p>${empty}</p></section>\n`
      : tableElement(columns, rows, name, title, wording);
  return [
    slo.objectives.length < 2
      ? markup``
      : list('objectives', objectiveChanges, OBJECTIVE_COLUMNS, slo.objectives, none),
    list('episodes', episodes.title, EPISODE_COLUMNS, numbered(slo), episodes.none),
    list('exclusions', exclusions.title, EXCLUSION_COLUMNS, slo.exclusions, exclusions.none),
    list(
      ...(['previousMonths', previousMonths.title, PREVIOUS_MONTH_COLUMNS] as const),
      ...([compared(slo), noData] as const),
    ),
    markup`<details><summary>${dayByDay}</summary>${list('days', days.title, DAY_COLUMNS, slo.days, noData)}</details>\n`,
  ];
}
