import { percent, UNKNOWN } from './figures-as-text';
import type { PreviewedGroupView, SloPreviewView } from '../preview/preview-view-types';
import { bar, sloText } from './status-table';
import { coloured } from './colours';
import { aligned, type Cell } from './table';

const HEADER: readonly Cell[] = [
  { text: 'SERVICE' },
  { text: 'SLO' },
  { text: 'OBJECTIVE', right: true },
  { text: 'SLI', right: true },
  { text: 'BUDGET LEFT' },
  { text: '', right: true },
  { text: 'SEEN', right: true },
  { text: 'PAGES', right: true },
  { text: 'TICKETS', right: true },
  { text: 'STRICTEST MET', right: true },
];

/** The table of `slowburn preview`, and below it what a person may want to change. */
export function previewTable(items: readonly SloPreviewView[], colours: boolean): string {
  const rows = items.flatMap(({ groups }) => groups.map(cellsOf));
  const advice = items.flatMap((item) => adviceOf(item, colours));
  const table = rows.length === 0 ? [] : [...aligned([HEADER, ...rows], colours)];
  return [...table, ...(advice.length === 0 || rows.length === 0 ? [] : ['']), ...advice].join(
    '\n',
  );
}

function cellsOf({ figures, alerts, strictestObjective }: PreviewedGroupView): readonly Cell[] {
  const { remainingRatio } = figures.budget;
  const spent = remainingRatio !== null && remainingRatio <= 0;
  const colour = spent ? 'red' : 'green';
  const { objective } = strictestObjective;
  const pages = alerts.pages.count;
  return [
    { text: figures.service },
    { text: sloText(figures) },
    { text: percent(figures.objective), right: true },
    { text: percent(figures.sli), right: true },
    { text: bar(remainingRatio), colour },
    { text: percent(remainingRatio, 1), right: true, ...(spent && { colour }) },
    { text: percent(figures.coverage.ratio, 1), right: true },
    { text: String(pages), right: true, ...(pages > 0 && { colour: 'yellow' as const }) },
    { text: String(ticketsOf(alerts)), right: true },
    { text: objective === null ? UNKNOWN : percent(Number(objective), 10), right: true },
  ];
}

function ticketsOf({ tiers }: PreviewedGroupView['alerts']): number {
  return tiers.filter(({ kind }) => kind === 'ticket').reduce((sum, { count }) => sum + count, 0);
}

/** A sentence for everything that is not as one would wish. */
function adviceOf(item: SloPreviewView, colours: boolean): readonly string[] {
  const told = (word: string, colour: 'red' | 'yellow') =>
    colours ? coloured(word, colour) : word;
  const warnings = item.warnings.map(
    (text) => `${item.slo}: ${told('warning', 'yellow')}: ${text}`,
  );
  if (item.reason !== null) {
    return [`${item.slo}: ${told('error', 'red')}: it cannot be counted: ${item.reason}`];
  }
  return [...warnings, ...item.groups.flatMap(sentences)];
}

function sentences(group: PreviewedGroupView): readonly string[] {
  const { figures, alerts, strictestObjective } = group;
  const name = `${figures.service}/${sloText(figures)}`;
  const { remainingRatio } = figures.budget;
  const told: string[] = [];
  if (figures.reason !== null) told.push(`${name}: ${figures.reason}`);
  if (remainingRatio !== null && remainingRatio < 0) {
    const { objective } = strictestObjective;
    const instead = objective === null ? '' : `; it has met ${percent(Number(objective), 10)}`;
    told.push(
      `${name}: ${percent(figures.objective)} was missed, the budget overspent by ${percent(-remainingRatio, 1)}${instead}`,
    );
  }
  const [first] = alerts.pages.spans;
  if (first !== undefined) {
    const { count, perMonth, spentBeforeFirstRatio } = alerts.pages;
    const month = perMonth === null ? '' : ` (${perMonth.toFixed(1)} a month)`;
    told.push(
      `${name}: someone would have been paged ${count === 1 ? 'once' : `${count} times`}${month}, ` +
        `first at ${first.from}, when ${percent(spentBeforeFirstRatio, 1)} of a budget was spent`,
    );
  }
  return told;
}
