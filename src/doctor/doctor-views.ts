import { ApiProperty } from '@nestjs/swagger';
import { sloId } from '../domain/slo';
import type { PlacedSlo } from '../definitions/reading';
import type { Place, Problem } from '../definitions/registry';
import type { Checkup } from './doctor';
import { type Check, CHECKS, type Finding, findingText, type Severity } from './finding';

export class FindingView {
  @ApiProperty({ enum: CHECKS })
  readonly check!: Check;
  @ApiProperty({ enum: ['error', 'warning', 'info'] })
  readonly severity!: Severity;
  /** `service/name`; null when it is about a data source or the ledger. */
  readonly slo!: string | null;
  readonly datasource!: string | null;
  /** Where the SLO is defined, `file:line:column`. */
  readonly place!: string | null;
  /** The field of the definition: `sli.ratio.total`; empty when it is none. */
  readonly path!: string;
  /** What was found. */
  readonly value!: string;
  /** What is allowed; may be empty. */
  readonly allowed!: string;
  /** What to do; may be empty. */
  readonly action!: string;
  /** All of it in one sentence. */
  readonly message!: string;
}

export class DoctorView {
  readonly checkedAt!: string;
  /** How many SLOs were looked at. */
  readonly slos!: number;
  @ApiProperty({ type: () => [FindingView] })
  readonly findings!: readonly FindingView[];
  /** SLOs that were not looked at wholly: time was up, or their source does not answer. */
  @ApiProperty({ type: [String] })
  readonly unfinished!: readonly string[];
}

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
