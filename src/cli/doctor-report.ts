import type { FindingView } from '../doctor/doctor-view-types';
import type { Severity } from '../doctor/finding';
import { type Colour, coloured } from './colours';

/** A finding of the service, of a file or of the installation. */
export type Reported = Pick<
  FindingView,
  'severity' | 'slo' | 'datasource' | 'place' | 'path' | 'value' | 'allowed' | 'action'
> & { readonly check: string };

export interface Report {
  readonly findings: readonly Reported[];
  /** How many SLOs were looked at; null when they could not be asked for. */
  readonly slos: number | null;
  readonly unfinished: readonly string[];
}

const COLOURS: Readonly<Record<Severity, Colour>> = {
  error: 'red',
  warning: 'yellow',
  info: 'gray',
};
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const NAMED = { error: 'error', warning: 'warning', info: 'remark' } as const;
const MOST_NAMED = 3;

/**
 * The findings by what they are about: the installation, data sources, files, then SLOs. What
 * several SLOs share, as a counter of theirs, is told once.
 */
export function doctorReport(report: Report, colours: boolean): string {
  const groups = new Map<string, Reported[]>();
  for (const shared of sharedFindings(report.findings)) {
    const [first] = shared;
    if (first === undefined) continue;
    const subject = subjectOf(shared);
    groups.set(subject, [...(groups.get(subject) ?? []), first]);
  }
  const blocks = [...groups].map(([subject, findings]) =>
    [subject, ...findings.flatMap((finding) => linesOf(finding, colours))].join('\n'),
  );
  return [...blocks, summary(report)].join('\n\n');
}

/** Findings of the same words, together. */
function sharedFindings(findings: readonly Reported[]): readonly (readonly Reported[])[] {
  const shared = new Map<string, Reported[]>();
  for (const finding of findings) {
    const { check, severity, slo, place, value } = finding;
    const key = JSON.stringify([check, severity, value, slo === null ? place : 'an SLO']);
    shared.set(key, [...(shared.get(key) ?? []), finding]);
  }
  return [...shared.values()];
}

function subjectOf(shared: readonly Reported[]): string {
  const [first] = shared;
  if (first === undefined) return '';
  const { slo, place, datasource } = first;
  if (slo === null)
    return datasource === null ? (place ?? 'installation') : `data source ${datasource}`;
  const names = shared.map((each) => each.slo ?? '');
  if (names.length === 1) return place === null ? slo : `${slo}  ${place}`;
  const further = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return names.slice(0, MOST_NAMED).join(', ') + further;
}

function linesOf(finding: Reported, colours: boolean): readonly string[] {
  const { severity, check, path, value, allowed, action } = finding;
  const mark = severity.padEnd('warning'.length);
  const shown = colours ? coloured(mark, COLOURS[severity]) : mark;
  const indent = ' '.repeat(mark.length + 4);
  return [
    `  ${shown}  ${check}${path === '' ? '' : `  ${path}`}`,
    `${indent}${value}`,
    ...(allowed === '' ? [] : [`${indent}allowed: ${allowed}`]),
    ...(action === '' ? [] : [`${indent}to do: ${action}`]),
  ];
}

function summary({ findings, slos, unfinished }: Report): string {
  const counts = SEVERITIES.map(
    (severity) =>
      [findings.filter((each) => each.severity === severity).length, NAMED[severity]] as const,
  ).filter(([count]) => count > 0);
  const found = counts.map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`);
  const looked = slos === null ? 'no SLO was looked at' : `${slos} SLOs`;
  const rest =
    unfinished.length === 0
      ? ''
      : `\nnot wholly looked at: ${unfinished.slice(0, 10).join(', ')}${unfinished.length > 10 ? ` and ${unfinished.length - 10} more` : ''}`;
  return `${looked}: ${found.join(', ') || 'nothing found'}${rest}`;
}
