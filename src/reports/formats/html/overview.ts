import { budgetBar } from '../../charts/budget-bar';
import { svgText } from '../../charts/svg';
import type { Report, SloReport } from '../../report';
import type { Columns } from '../../tables/column';
import { groupText } from '../../tables/group-text';
import { REPORT_COLUMNS, SERVICE_COLUMNS, SUMMARY_COLUMNS } from '../../tables/report-columns';
import {
  ALERT_COLUMNS,
  BUDGET_COLUMNS,
  COVERAGE_COLUMNS,
  OUTCOME_COLUMNS,
} from '../../tables/slo-columns';
import type { Wording } from '../../words/wording';
import { figureElement, listElement, tableElement } from './figures';
import { markup, Markup } from './markup';

/** An SLO with its place in the report. */
export interface PlacedSlo {
  readonly slo: SloReport;
  readonly place: number;
}

/** Title, month and how firm the figures are. */
export function headOf(report: Report, wording: Wording): Markup {
  const { words } = wording;
  const facts = REPORT_COLUMNS.filter(
    ({ of }) => of !== 'month' && (report.hash !== null || !HASHES.has(of)),
  );
  const month = figureElement('month', { kind: 'month', value: report.month }, wording);
  const note = words.stateNotes[report.state];
  return markup`<header data-part="">
<p class="title">${words.title}</p>
<h1>${month}</h1>
<p class="state">${note}</p>
${listElement(facts, report, wording)}
</header>`;
}

/** Of reports that are closed. */
const HASHES: ReadonlySet<string> = new Set(['hash', 'previousHash']);

/** How the month went, over all and by service. */
export function summaryOf(report: Report, wording: Wording): Markup {
  const { words } = wording;
  const { met, slos } = report.overall;
  const sentence =
    slos === 0
      ? words.summary.none
      : words.summary.sentence(wording.count(met), wording.count(slos));
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
export function serviceOf(service: string, rows: readonly PlacedSlo[], wording: Wording): Markup {
  const { words } = wording;
  const heads = SHOWN.map(
    ({ title }) => markup`<th scope="col" class="number">${title(words)}</th>`,
  );
  return markup`<section class="service">
<h2 dir="auto">${words.service} <bdi>${service}</bdi></h2>
<table><caption>${words.slos}</caption><thead><tr><th scope="col">${words.slo}</th>${heads}</tr></thead>
<tbody>${rows.map((row) => rowOf(row, wording))}</tbody></table></section>`;
}

const OF_OUTCOME = ['objective', 'sli', 'met', 'downtimeMinutes'];
const SHOWN: Columns<SloReport> = [
  ...OUTCOME_COLUMNS.filter(({ of }) => OF_OUTCOME.includes(of)),
  ...COVERAGE_COLUMNS.filter(({ of }) => of === 'coverage.ratio'),
  ...ALERT_COLUMNS.filter(({ of }) => of !== 'alerts.firingMinutes'),
  ...BUDGET_COLUMNS.filter(({ of }) => of === 'budget.remainingRatio'),
];

function rowOf({ slo, place }: PlacedSlo, wording: Wording): Markup {
  const bar = svgText(budgetBar(slo.budget.remainingRatio, wording), `bar-${String(place)}`);
  const figures = SHOWN.map(({ of, figure }) => {
    const element = figureElement(of, figure(slo), wording);
    return of === 'budget.remainingRatio'
      ? markup`<td class="number bar">${element}${new Markup(bar)}</td>`
      : markup`<td class="number">${element}</td>`;
  });
  const group = slo.group === null ? '' : markup`<br><bdi>${groupText(slo.group)}</bdi>`;
  return markup`<tr data-part="slos.${String(place)}"><th scope="row"><a href="#slo-${String(place)}"><bdi>${slo.slo}</bdi></a>${group}</th>${figures}</tr>\n`;
}
