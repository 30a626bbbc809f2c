import { groupText } from '../../figures/group-text';
import { STATUSES } from '../../kit/status-order';
import type { Choice, Grouping, Sort } from './choice';
import type { Row } from './rows';

/** Rows that stand together under a name; the name is null where they are all one, or of no team. */
export interface RowGroup {
  readonly name: string | null;
  readonly rows: readonly Row[];
}

/** The rows that were asked for, in their order. */
export function chosenRows(rows: readonly Row[], choice: Choice): readonly Row[] {
  const words = choice.search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows
    .filter((row) => isChosen(row, choice) && words.every((word) => textOf(row).includes(word)))
    .sort(comparison(choice));
}

/** The same rows under their services or teams, a group where its first row would stand. */
export function groupedRows(rows: readonly Row[], grouping: Grouping): readonly RowGroup[] {
  if (grouping === 'none') return rows.length === 0 ? [] : [{ name: null, rows }];
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) {
    const name = row[grouping];
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups].map(([name, own]) => ({ name, rows: own }));
}

/** By service, unless most services have one SLO each: a heading over every line says nothing. */
export function naturalGrouping(rows: readonly Row[]): Grouping {
  const services = new Set(rows.map(({ service }) => service));
  return services.size * 2 > rows.length ? 'none' : 'service';
}

function isChosen(row: Row, { statuses, service, team }: Choice): boolean {
  if (statuses.length > 0 && !statuses.includes(row.status)) return false;
  return (service === null || row.service === service) && (team === null || row.team === team);
}

function textOf({ slo, team, description, group }: Row): string {
  return [slo, team, description, groupText(group)].join('\n').toLowerCase();
}

function comparison({ sort, isDown }: Choice): (a: Row, b: Row) => number {
  const sign = isDown ? -1 : 1;
  if (sort === 'name') return (a, b) => sign * byName(a, b);
  if (sort === 'worst') return (a, b) => sign * byTrouble(a, b) || byName(a, b);
  return (a, b) => byFigure(FIGURES[sort](a), FIGURES[sort](b), sign) || byName(a, b);
}

const FIGURES: Readonly<Record<Exclude<Sort, 'name' | 'worst'>, (row: Row) => number | null>> = {
  objective: ({ objective }) => objective,
  sli: ({ sli }) => sli,
  remaining: ({ remainingRatio }) => remainingRatio,
  // Of burns the fastest is what one looks for.
  burn: ({ burnRate }) => (burnRate === null ? null : -burnRate),
};

/** By status; then by how many alerts fire, then by what is left. */
function byTrouble(a: Row, b: Row): number {
  return (
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    b.firing - a.firing ||
    byFigure(a.remainingRatio, b.remainingRatio, 1)
  );
}

/** Unknown figures come last, whichever way round. */
function byFigure(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

function byName(a: Row, b: Row): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
