import { budgetBar } from '../../charts/budget-bar';
import { burnDown } from '../../charts/burn-down';
import { dailyBars } from '../../charts/daily-bars';
import type { Drawing } from '../../charts/drawing';
import { svgText } from '../../charts/svg';
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
import { verdictSentence } from '../../tables/verdict';
import type { Wording } from '../../words/wording';
import { figureElement, listElement, markOf } from './figures';
import { markup, Markup } from './markup';
import { listsOf } from './slo-lists';

/** All that the report knows of one SLO, on a page of its own. */
export function sloSection(report: Report, { slo, place }: PlacedSlo, wording: Wording): Markup {
  const { words } = wording;
  const id = `slo-${String(place)}`;
  const group = (title: string, columns: Columns<SloReport>) =>
    markup`<section><h4>${title}</h4>${listElement(columns, slo, wording)}</section>\n`;
  return markup`<article id="${id}" data-part="slos.${String(place)}">
${titleOf(slo, wording)}
${verdictOf(slo, wording)}
<div class="cards">${listElement(MAIN_COLUMNS, slo, wording)}${svg(budgetBar(slo.budget.remainingRatio, wording), `${id}-bar`)}</div>
${figure(dailyBars(report, slo, wording), `${id}-days`)}
${figure(burnDown(report, slo, wording), `${id}-budget`)}
<div class="groups">
${group(words.budget.title, BUDGET_COLUMNS)}<div>${group(words.events, EVENT_COLUMNS)}${group(words.alerts.title, ALERT_COLUMNS)}</div>
<div>${group(words.coverage.title, COVERAGE_COLUMNS)}${group(words.raw.title, RAW_COLUMNS)}</div></div>
${listsOf(slo, wording)}</article>`;
}

function titleOf(slo: SloReport, wording: Wording): Markup {
  const { words } = wording;
  const text = (of: string, value: string | null) =>
    figureElement(of, { kind: 'text', value }, wording);
  const team = slo.team === null ? '' : markup` · ${words.team} ${text('team', slo.team)}`;
  const group = groupText(slo.group);
  return markup`<p class="title">${words.service} ${text('service', slo.service)}${team}</p>
<h3 dir="auto">${text('slo', slo.slo)}</h3>
${group === '' ? '' : markup`<p class="title" dir="auto">${text('group', group)}</p>`}
${slo.description === null ? '' : markup`<p dir="auto">${text('description', slo.description)}</p>`}`;
}

/** The ledger's own reason is told in its language. */
function verdictOf(slo: SloReport, wording: Wording): Markup {
  const mark = markOf({ kind: 'met', value: slo.met });
  const met = slo.met === null ? '' : String(slo.met);
  const reason = figureElement('reason', { kind: 'text', value: slo.reason }, wording);
  return markup`<p class="verdict"><data data-of="met" value="${met}">${mark}${verdictSentence(slo, wording)}</data></p>
${slo.reason === null ? '' : markup`<p class="title" lang="en">${reason}</p>`}`;
}

function figure(drawing: Drawing, id: string): Markup {
  return markup`<figure><figcaption>${drawing.title}</figcaption>${svg(drawing, id)}</figure>`;
}

function svg(drawing: Drawing, id: string): Markup {
  return new Markup(svgText(drawing, id));
}
