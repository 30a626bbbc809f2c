import { Objective } from '../domain/objective';
import type { Budgeting } from '../domain/slo';
import { shown } from '../yaml/shown';
import type { Findings } from './findings';
import type { NativeSlo } from './native-document';
import { DEFAULT_SLICE, parseSlice } from './native-sli';

/** Whether every event counts alike or every slice of time, or null when that is not clear. */
export function readBudgeting(slo: NativeSlo, findings: Findings): Budgeting | null {
  if (!['budgeting', 'slice', 'sliceObjective', 'sli'].every((key) => findings.sound(key))) {
    return null;
  }
  const kind = slo.budgeting ?? 'occurrences';
  if (kind !== 'occurrences' && slo.sli?.threshold !== undefined) {
    findings.error(
      ['budgeting'],
      `budgeting is ${shown(kind)}, allowed: occurrences, since a threshold SLI counts slices already`,
    );
    return null;
  }
  if (kind === 'occurrences') return withoutSlices(slo, findings);
  const sliceSeconds = findings.attempt(['slice'], () => parseSlice(slo.slice ?? DEFAULT_SLICE));
  if (kind === 'ratio-timeslices') {
    if (slo.sliceObjective !== undefined) refuse('sliceObjective', 'timeslices', findings);
    return sliceSeconds === null ? null : { kind, sliceSeconds };
  }
  if (slo.sliceObjective === undefined) {
    findings.error(
      ['budgeting'],
      'budgeting is "timeslices" without sliceObjective, allowed: beside the share of events that makes a slice good, such as sliceObjective: 99%',
    );
    return null;
  }
  const sliceObjective = findings.attempt(['sliceObjective'], () =>
    Objective.parse(findings.written(['sliceObjective'])),
  );
  return sliceSeconds === null || sliceObjective === null
    ? null
    : { kind, sliceSeconds, sliceObjective };
}

function withoutSlices(slo: NativeSlo, findings: Findings): Budgeting {
  if (slo.slice !== undefined) refuse('slice', 'timeslices or ratio-timeslices', findings);
  if (slo.sliceObjective !== undefined) refuse('sliceObjective', 'timeslices', findings);
  return { kind: 'occurrences' };
}

function refuse(key: 'slice' | 'sliceObjective', where: string, findings: Findings): void {
  findings.error(
    [key],
    `${key} is ${shown(findings.written([key]))}, allowed: only beside budgeting: ${where}`,
  );
}

/** Missing time can be judged only where time is what counts: no event is not a bad event. */
export function checkNoData(slo: NativeSlo, findings: Findings): void {
  if (slo.noData === undefined) return;
  if (!['noData', 'budgeting', 'sli'].every((key) => findings.sound(key))) return;
  if (slo.dependsOn !== undefined) return;
  const { availability, threshold } = slo.sli ?? {};
  const counted = slo.budgeting ?? 'occurrences';
  if (availability !== undefined || threshold !== undefined || counted !== 'occurrences') return;
  findings.error(
    ['noData'],
    `noData is ${shown(slo.noData)}, allowed: only for SLIs counted in time (availability, threshold, dependsOn, or budgeting: timeslices or ratio-timeslices)`,
  );
}
