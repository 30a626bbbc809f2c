import { type Status, STATUSES } from '../domain/status';
import type { Colour } from './colours';
import { burn, percent, timeSpan, UNKNOWN } from './figures-as-text';
import type { SloRow } from './slo-row';
import { aligned, type Cell } from './table';

const BAR_CELLS = 10;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

const HEADER: readonly Cell[] = [
  { text: 'SERVICE' },
  { text: 'SLO' },
  { text: 'OBJECTIVE', right: true },
  { text: 'SLI', right: true },
  { text: 'BUDGET LEFT' },
  { text: '', right: true },
  { text: 'AS TIME', right: true },
  { text: 'BURN 1H', right: true },
  { text: 'STATUS' },
];

const COLOURS: Readonly<Record<Status, Colour>> = {
  no_data: 'gray',
  exhausted: 'red',
  critical: 'red',
  at_risk: 'yellow',
  healthy: 'green',
};

/** The table of `slowburn status`: one line per SLO or group, the worst first. */
export function statusTable(rows: readonly SloRow[], colours: boolean): string {
  const cells = [HEADER, ...[...rows].sort(worstFirst).map(cellsOf)];
  return [...aligned(cells, colours), '', summary(rows)].join('\n');
}

/** `name{label="value"}`, the labels in the order of the alphabet. */
export function sloText({ slo, group }: Pick<SloRow, 'slo' | 'group'>): string {
  const name = slo.slice(slo.indexOf('/') + 1);
  if (group === null) return name;
  const labels = Object.entries(group)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${labels.join(',')}}`;
}

/**
 * What is left of a budget as ten cells; of an overspent one, how much too much was spent.
 *
 *     bar(0.25) = '██▌       '      bar(-0.3) = '!!!       '
 */
export function bar(remainingRatio: number | null): string {
  if (remainingRatio === null) return UNKNOWN.padEnd(BAR_CELLS);
  if (remainingRatio <= 0) {
    const overspent = Math.min(BAR_CELLS, Math.max(1, Math.round(-remainingRatio * BAR_CELLS)));
    return '!'.repeat(overspent).padEnd(BAR_CELLS);
  }
  const eighths = Math.max(1, Math.round(Math.min(1, remainingRatio) * BAR_CELLS * 8));
  return ('█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '')).padEnd(BAR_CELLS);
}

function cellsOf(row: SloRow): readonly Cell[] {
  const { remainingRatio, remainingSeconds } = row.budget;
  const colour = COLOURS[row.status];
  const spent = remainingRatio !== null && remainingRatio <= 0;
  return [
    { text: row.slo.slice(0, row.slo.indexOf('/')) },
    { text: sloText(row) },
    { text: percent(row.objective), right: true },
    { text: percent(row.sli), right: true },
    { text: bar(remainingRatio), colour: spent ? 'red' : colour },
    { text: percent(remainingRatio, 1), right: true, ...(spent && { colour: 'red' }) },
    { text: timeSpan(remainingSeconds), right: true, ...(spent && { colour: 'red' }) },
    { text: burn(row.burnRates['1h'] ?? null), right: true },
    { text: row.status, colour },
  ];
}

function worstFirst(a: SloRow, b: SloRow): number {
  return (
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    (a.budget.remainingRatio ?? -Infinity) - (b.budget.remainingRatio ?? -Infinity) ||
    a.slo.localeCompare(b.slo)
  );
}

function summary(rows: readonly SloRow[]): string {
  const counts = STATUSES.map(
    (status) => [rows.filter((row) => row.status === status).length, status] as const,
  );
  const named = counts
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} ${status}`);
  return `${rows.length} SLOs: ${named.join(', ') || 'none defined'}`;
}
