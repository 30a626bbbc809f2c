import { SHORTEST_WINDOW_SECONDS } from '../domain/alert-policy';
import { formatSeconds, parseSeconds } from '../domain/duration';
import { InvalidValue } from '../domain/invalid-value';
import { Objective } from '../domain/objective';
import { type Budgeting, type Sli, type Slo, sloId } from '../domain/slo';
import type { SloWindow } from '../domain/slo-window';
import { shown } from '../yaml/shown';
import type { Findings } from './findings';
import { readAlerting, silentTiers, tiersFit } from './native-alerting';
import { readBudgetPolicy } from './native-budget-policy';
import { checkNoData, readBudgeting } from './native-budgeting';
import { readComposite } from './native-composite';
import type { NativeDocument, NativeSlo } from './native-document';
import { readExclusions } from './native-exclusions';
import { readSli } from './native-sli';

export const DEFAULT_DATASOURCE = 'default';
const DEFAULT_WINDOW = '30d';
/** Slices are what a composite counts. */
const BY_EVENT: Budgeting = { kind: 'occurrences' };

/**
 * The SLO that a native text means, or null when it has faults, all of which are then in `findings`.
 *
 * @param slo as the schema wants it where `findings.sound` says so; elsewhere it may be anything
 */
export function readNativeSlo(
  document: NativeDocument,
  slo: NativeSlo,
  findings: Findings,
): Slo | null {
  const objective = findings.sound('objective') ? readObjective('objective', findings) : null;
  const window =
    findings.sound('window') && findings.sound('timeZone') ? readWindow(slo, findings) : null;
  const sli = readCounted(document, slo, findings);
  const budgeting = slo.dependsOn === undefined ? readBudgeting(slo, findings) : BY_EVENT;
  checkNoData(slo, findings);
  checkGroupBy(slo, findings);
  const renamedFrom = readRenamedFrom(document, slo, findings);
  const exclusions = readExclusions(slo, findings);
  const budgetPolicy = readBudgetPolicy(slo, objective, findings);
  const alerting = findings.sound('alerting') ? readAlerting(slo.alerting ?? {}, findings) : null;
  if (objective === null || window === null || sli === null || budgeting === null) return null;
  if (alerting === null || findings.faulty) return null;
  if (!tiersFit(objective, window, alerting, findings)) return null;
  for (const words of silentTiers(objective, window, alerting)) {
    findings.warning(['objective'], words);
  }
  return {
    service: document.service,
    name: slo.name,
    description: slo.description ?? null,
    team: slo.team ?? document.team ?? null,
    labels: { ...document.labels, ...slo.labels },
    objective,
    window,
    sli,
    groupBy: slo.groupBy ?? [],
    budgeting,
    noData: slo.noData ?? 'ignore',
    minEvents: slo.minEvents ?? null,
    minBadEvents: slo.minBadEvents ?? null,
    datasource: slo.datasource ?? DEFAULT_DATASOURCE,
    counting: {
      identity: slo.counting?.identity ?? ['job', 'instance'],
      births: slo.counting?.births ?? 'count',
    },
    alerting,
    renamedFrom,
    exclusions,
    ...(budgetPolicy !== undefined && { budgetPolicy }),
  };
}

/** What is counted at a source, or the SLOs that it is made of. */
function readCounted(document: NativeDocument, slo: NativeSlo, findings: Findings): Sli | null {
  if (slo.dependsOn !== undefined) return readComposite(document.service, slo, findings);
  if (slo.sli === undefined) {
    findings.error([], 'the key "sli" is missing: what is counted (or dependsOn, a list of SLOs)');
    return null;
  }
  return findings.sound('sli') ? readSli(slo.sli, findings) : null;
}

function readObjective(key: string, findings: Findings): Objective | null {
  return findings.attempt([key], () => Objective.parse(findings.written([key])));
}

function readWindow(
  { window = DEFAULT_WINDOW, timeZone }: NativeSlo,
  findings: Findings,
): SloWindow | null {
  if (window === 'week' || window === 'month' || window === 'quarter') {
    return { kind: 'calendar', unit: window, timeZone: timeZone ?? 'UTC' };
  }
  if (timeZone !== undefined) {
    findings.error(
      ['timeZone'],
      `timeZone is ${shown(timeZone)} beside the rolling window ${shown(window)}, allowed: only beside week, month or quarter`,
    );
  }
  return findings.attempt(['window'], () => {
    return rollingWindow(rollingSeconds(window), window);
  });
}

/** @throws InvalidValue for windows that leave no room for alerts */
export function rollingWindow(seconds: number, written: string): SloWindow {
  if (seconds < SHORTEST_WINDOW_SECONDS) {
    throw new InvalidValue(
      'window',
      written,
      `${formatSeconds(SHORTEST_WINDOW_SECONDS)} or longer, since shorter ones leave no room for alert windows`,
    );
  }
  return { kind: 'rolling', seconds };
}

function rollingSeconds(window: string): number {
  try {
    return parseSeconds(window);
  } catch {
    throw new InvalidValue(
      'window',
      window,
      'a rolling window such as 7d, 28d or 30d, or week, month, quarter',
    );
  }
}

function checkGroupBy(slo: NativeSlo, findings: Findings): void {
  if (!findings.sound('groupBy') || !findings.sound('sli')) return;
  const position = slo.groupBy?.indexOf('le') ?? -1;
  if (position < 0 || slo.sli?.latency === undefined) return;
  findings.error(
    ['groupBy', position],
    'groupBy holds le, allowed: labels other than le, which tells the buckets of the histogram apart',
  );
}

/** The earlier name in full, `service/name`. */
function readRenamedFrom(
  { service }: NativeDocument,
  { name, renamedFrom }: NativeSlo,
  findings: Findings,
): string | null {
  if (renamedFrom === undefined || !findings.sound('renamedFrom')) return null;
  const full = renamedFrom.includes('/') ? renamedFrom : `${service}/${renamedFrom}`;
  if (full !== sloId({ service, name })) return full;
  findings.error(
    ['renamedFrom'],
    `renamedFrom is ${shown(renamedFrom)}, its own name, allowed: the name it had before`,
  );
  return null;
}
