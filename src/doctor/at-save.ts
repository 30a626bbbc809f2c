import { fieldPlace } from '../definitions/field-place';
import type { PlacedSlo } from '../definitions/reading';
import type { Problem } from '../definitions/registry';
import { sloId } from '../domain/slo';
import type { Doctor } from './doctor';
import { type Check, type Finding, findingText } from './finding';

/** A save waits no longer for what a source says; what was not asked by then is a warning. */
const SAVE_DEADLINE_SECONDS = 5;

/** Not the definition's fault: it may be saved while its source or the ledger is away. */
const FORGIVEN: readonly Check[] = ['source-unreachable', 'source-refuses', 'ledger-unreachable'];

/** Said of a definition whenever it is read. */
const SAID_BEFORE: readonly Check[] = ['tier-cannot-fire'];

/**
 * What the sources have against definitions that are about to be saved. Errors refuse the save,
 * warnings come back with it; what is only worth knowing is left to `slowburn doctor`.
 *
 * @param text in which the SLOs were read
 */
export async function checkAgainstSource(
  text: string,
  placed: readonly PlacedSlo[],
  doctor: Doctor,
): Promise<readonly Problem[]> {
  const slos = placed.map(({ slo }) => slo);
  const options = { deadlineSeconds: SAVE_DEADLINE_SECONDS };
  const { findings, unfinished } = await doctor.checkup(slos, options);
  const problems = findings.flatMap((finding) => problemOf(finding, text, placed) ?? []);
  const silent = new Set(
    findings.filter(({ slo }) => slo === null).map(({ datasource }) => datasource),
  );
  const late = placed.filter(({ slo }) => unfinished.includes(slo) && !silent.has(slo.datasource));
  return [...problems, ...late.map(notChecked)];
}

function problemOf(finding: Finding, text: string, placed: readonly PlacedSlo[]): Problem | null {
  const { check, severity, slo, datasource, path } = finding;
  if (severity === 'info' || SAID_BEFORE.includes(check)) return null;
  const concerned = placed.find((each) =>
    slo === null ? datasource === null || each.slo.datasource === datasource : each.slo === slo,
  );
  if (concerned === undefined) return null;
  const subject = slo === null ? '' : `${sloId(slo)}: `;
  return {
    severity: FORGIVEN.includes(check) ? 'warning' : severity,
    ...fieldPlace(text, concerned, path),
    message: subject + findingText(finding),
  };
}

function notChecked({ slo, place }: PlacedSlo): Problem {
  return {
    severity: 'warning',
    place,
    path: '',
    message: `${sloId(slo)} was not wholly checked against data source ${slo.datasource} within ${SAVE_DEADLINE_SECONDS} s; slowburn doctor takes its time`,
  };
}
