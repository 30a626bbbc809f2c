import { budgetBar } from '../../charts/budget-bar';
import { svgText } from '../../charts/svg';
import type { Report } from '../../report';
import { factsOf, OF_SERVICE_COLUMNS } from '../../tables/chosen-columns';
import { groupText } from '../../tables/group-text';
import { SERVICE_COLUMNS, SUMMARY_COLUMNS } from '../../tables/report-columns';
import type { PlacedSlo, ServicePart } from '../../tables/services';
import { summarySentence } from '../../tables/verdict';
import type { Wording } from '../../words/wording';
import { figureElement, listElement, tableElement } from './figures';
import { markup, Markup } from './markup';

/** Title, month and how firm the figures are. */
export function headOf(report: Report, wording: Wording): Markup {
  const { words } = wording;
  const month = figureElement('month', { kind: 'month', value: report.month }, wording);
  const note = words.stateNotes[report.state];
  return markup`<header data-part="">
<p class="title">${words.title}</p>
<h1>${month}</h1>
<p class="state">${note}</p>
${listElement(factsOf(report), report, wording)}
</header>`;
}

/** How the month went, over all and by service. */
export function summaryOf(report: Report, wording: Wording): Markup {
  const { words } = wording;
  const sentence = summarySentence(report.overall, wording);
  const services = tableElement(
    SERVICE_COLUMNS,
    report.services,
    'services',
    words.services,
    wording,
  );
  return markup`<section class="overall">
<h2>${words.overall}</h2>
<p class="sentence">${sentence}</p>
<div class="cards" data-part="overall">${listElement(SUMMARY_COLUMNS, report.overall, wording)}</div>
${services}</section>${notesOf(report, words.notes)}`;
}

/** What the operator has to say. */
function notesOf({ notes = [] }: Report, title: string): Markup | string {
  if (notes.length === 0) return '';
  const each = notes.map(
    (note) =>
      markup`\n${note.title === null ? '' : markup`<h3 dir="auto"><bdi>${note.title}</bdi></h3>`}<p dir="auto"><bdi>${note.text}</bdi></p>`,
  );
  return markup`\n<section class="notes"><h2>${title}</h2>${each}</section>`;
}

/** A service's SLOs, a row each, that lead to their sections. */
export function serviceOf({ service, slos }: ServicePart, wording: Wording): Markup {
  const { words } = wording;
  const heads = OF_SERVICE_COLUMNS.map(
    ({ title }) => markup`<th scope="col" class="number">${title(words)}</th>`,
  );
  return markup`<section class="service">
<h2 dir="auto">${words.service} <bdi>${service}</bdi></h2>
<table><caption>${words.slos}</caption><thead><tr><th scope="col">${words.slo}</th>${heads}</tr></thead>
<tbody>${slos.map((row) => rowOf(row, wording))}</tbody></table></section>`;
}

function rowOf({ slo, place }: PlacedSlo, wording: Wording): Markup {
  const bar = svgText(budgetBar(slo.budget.remainingRatio, wording), `bar-${String(place)}`);
  const figures = OF_SERVICE_COLUMNS.map(({ of, figure }) => {
    const element = figureElement(of, figure(slo), wording);
    return of === 'budget.remainingRatio'
      ? markup`<td class="number bar">${element}${new Markup(bar)}</td>`
      : markup`<td class="number">${element}</td>`;
  });
  const group = slo.group === null ? '' : markup`<br><bdi>${groupText(slo.group)}</bdi>`;
  return markup`<tr data-part="slos.${String(place)}"><th scope="row"><a href="#slo-${String(place)}"><bdi>${slo.slo}</bdi></a>${group}</th>${figures}</tr>\n`;
}
