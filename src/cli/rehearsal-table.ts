import type { RehearsalView, RehearsedPolicyView } from '../slos/rehearsal-view-types';
import { percent, timeSpan, UNKNOWN } from './figures-as-text';
import { aligned, type Cell } from './table';

const HEADER: readonly Cell[] = [
  { text: 'POLICY' },
  { text: 'PAGES', right: true },
  { text: 'A MONTH', right: true },
  { text: 'FIRING', right: true },
  { text: 'TICKETS', right: true },
  { text: 'NOTICED AFTER', right: true },
  { text: 'WORST', right: true },
  { text: 'SPENT BEFORE', right: true },
  { text: 'UNPAGED', right: true },
  { text: 'WHICH SPENT', right: true },
];

/** The table of `slowburn rehearse`, and below it what each policy is made of. */
export function rehearsalTable(rehearsal: RehearsalView, colours: boolean): string {
  const { policies, episodes } = rehearsal;
  const told = policies.filter(({ sameAs }, k) => {
    return !sameAs.some((name) => policies.findIndex((each) => each.name === name) < k);
  });
  const spent =
    episodes.spentRatio === null
      ? ''
      : `, which spent ${percent(episodes.spentRatio, 1)} of a budget`;
  const head = [
    `${rehearsal.slo}${groupText(rehearsal.group)}: ${rehearsal.objective} over ${rehearsal.window}, from ${rehearsal.from} to ${rehearsal.to}`,
    `${episodes.count} ${episodes.count === 1 ? 'episode' : 'episodes'} of burning faster than budget${spent}`,
    '',
  ];
  const table = aligned([HEADER, ...told.map(cellsOf)], colours);
  return [...head, ...table, '', ...told.flatMap(tierLines)].join('\n');
}

function cellsOf(policy: RehearsedPolicyView): readonly Cell[] {
  const { pages, tickets, noticed } = policy;
  const figures = [
    pages === null ? UNKNOWN : String(pages.count),
    pages?.perMonth == null ? UNKNOWN : pages.perMonth.toFixed(1),
    pages === null ? UNKNOWN : timeSpan(pages.firingMinutes * 60),
    tickets === null ? UNKNOWN : String(tickets.count),
    timeSpan(noticed?.medianDetectionSeconds ?? null),
    timeSpan(noticed?.worstDetectionSeconds ?? null),
    percent(pages?.spentBeforeFirstRatio ?? null, 1),
    noticed === null ? UNKNOWN : String(noticed.unpaged),
    percent(noticed?.unpagedSpentRatio ?? null, 1),
  ];
  return [{ text: nameOf(policy) }, ...figures.map((text) => ({ text, right: true }))];
}

function nameOf({ name, sameAs }: RehearsedPolicyView): string {
  return [name, ...sameAs].join(' = ');
}

function tierLines(policy: RehearsedPolicyView): readonly string[] {
  if (policy.reason !== null) return [`${policy.name}: ${policy.reason}`];
  const tiers = policy.tiers.map(({ kind, long, short, factor, forSeconds, canFire, count }) => {
    const wait = forSeconds === 0 ? '' : ` for ${timeSpan(forSeconds)}`;
    const told = canFire ? `${count} times` : 'could never fire';
    return `  ${kind} above ${Number(factor.toPrecision(4))} over ${long} and ${short}${wait}: ${told}`;
  });
  return [`${policy.name}:`, ...tiers];
}

function groupText(group: RehearsalView['group']): string {
  if (group === null) return '';
  return ` ${Object.entries(group)
    .map(([label, value]) => `${label}=${value}`)
    .join(', ')}`;
}
