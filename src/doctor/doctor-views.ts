import { sloId } from '../domain/slo';
import type { PlacedSlo } from '../definitions/reading';
import type { Place, Problem } from '../definitions/registry';
import type { Checkup } from './doctor';
import type { DoctorView, FindingView } from './doctor-view-types';
import { type Finding, findingText, type Severity } from './finding';

const WORST_FIRST: readonly Severity[] = ['error', 'warning', 'info'];

/**
 * @param defined the SLOs that were looked at
 * @param problems what their files are told anyway
 * @param at epoch seconds
 */
export function doctorView(
  checkup: Checkup,
  defined: readonly PlacedSlo[],
  problems: readonly Problem[],
  at: number,
): DoctorView {
  const places = new Map(defined.map(({ slo, place }) => [slo, place]));
  const placeOf = ({ slo }: Finding): string | null => {
    const place = slo === null ? undefined : places.get(slo);
    return place === undefined ? null : placeText(place);
  };
  return {
    checkedAt: new Date(at * 1000).toISOString(),
    slos: defined.length,
    findings: [
      ...problems.filter((problem) => !isFoundToo(problem, checkup)).map(problemView),
      ...checkup.findings.map((finding) => findingView(finding, placeOf(finding))),
    ].sort((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity)),
    unfinished: checkup.unfinished.map(sloId),
  };
}

function findingView(finding: Finding, place: string | null): FindingView {
  const { check, severity, slo, datasource, path, value, allowed, action } = finding;
  const message = findingText(finding);
  const whose = { slo: slo === null ? null : sloId(slo), datasource, place };
  return { check, severity, ...whose, path, value, allowed, action, message };
}

/** Alerts that cannot fire are told when a definition is read as well as found here. */
function isFoundToo({ message }: Problem, { findings }: Checkup): boolean {
  return findings.some(({ check, value }) => check === 'tier-cannot-fire' && value === message);
}

function problemView({ severity, place, path, message }: Problem): FindingView {
  const whose = { slo: null, datasource: null, place: placeText(place) };
  const text = { value: message, allowed: '', action: '', message };
  return { check: 'definition', severity, ...whose, path, ...text };
}

function placeText({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
