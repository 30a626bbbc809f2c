import { type AlertTier, canFire } from '../domain/alert-policy';
import { wantedTiers } from '../domain/alert-tiers';
import { DAY_SECONDS, formatSeconds } from '../domain/duration';
import { toNumber } from '../domain/fraction';
import { InvalidValue } from '../domain/invalid-value';
import type { Objective } from '../domain/objective';
import type { Alerting, TierOverride } from '../domain/slo';
import type { CalendarUnit, SloWindow } from '../domain/slo-window';
import type { Findings } from './findings';
import type { NativeAlerting, NativeTier } from './native-document';
import { readNamedTiers } from './native-tiers';

export function readAlerting(alerting: NativeAlerting, findings: Findings): Alerting {
  const { runbook } = alerting;
  if (runbook !== undefined)
    findings.attempt(['alerting', 'runbook'], () => {
      checkRunbook(runbook);
    });
  const named = readNamedTiers(alerting.tiers ?? {}, findings);
  const { annotations = {} } = alerting;
  return {
    runbook: runbook ?? null,
    labels: { ...alerting.labels },
    tiers: (['page', 'ticket'] as const).map((kind) => ({
      kind,
      severity: alerting[kind]?.severity ?? kind,
      disabled: alerting[kind]?.disabled ?? false,
      ...ownLabels(alerting[kind]?.labels),
    })),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
    ...(named.length === 0 ? {} : { named }),
    ...otherAlert('exhausted', alerting.exhausted),
    ...otherAlert('noData', alerting.noData),
  };
}

/** Labels of pages or tickets alone; absent where there are none. */
export function ownLabels(
  labels: Readonly<Record<string, string>> = {},
): Pick<TierOverride, 'labels'> {
  return Object.keys(labels).length === 0 ? {} : { labels: { ...labels } };
}

function otherAlert(
  key: 'exhausted' | 'noData',
  written: NativeTier | undefined,
): Partial<Alerting> {
  const { severity = null, disabled = false } = written ?? {};
  return severity === null && !disabled ? {} : { [key]: { severity, disabled } };
}

/**
 * A runbook becomes a link on pages and in chats: no scheme that a browser would run.
 *
 * @throws InvalidValue
 */
export function checkRunbook(runbook: string): void {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(runbook)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return;
  throw new InvalidValue(
    'runbook',
    runbook,
    'an http or https address, or a path such as docs/runbooks/api.md',
  );
}

/** The shortest each calendar window can be, where its factors are the lowest. */
const PERIOD_SECONDS: Readonly<Record<CalendarUnit, number>> = {
  week: 7 * DAY_SECONDS,
  month: 28 * DAY_SECONDS,
  quarter: 90 * DAY_SECONDS,
};

/** Default tiers that even a full outage would not set off: they are switched off, and that is said. */
export function silentTiers(
  objective: Objective,
  window: SloWindow,
  alerting: Alerting,
): readonly string[] {
  return wantedTiers(alerting, shortestPeriod(window))
    .filter(({ tier }) => !canFire(tier, objective) && !isWritten(alerting, tier))
    .map(
      ({ tier }) =>
        `the default ${inWords(tier)} is switched off: at objective ${objective.text} even a full outage burns at only ${mostBurn(objective)}`,
    );
}

/** Whether a definition says at which burn a tier fires. */
function isWritten({ named = [] }: Alerting, { name }: AlertTier): boolean {
  return named.some((tier) => tier.name === name && tier.fires !== null);
}

/** Whether tiers as they are written suit what else the SLO says: its objective and its window. */
export function tiersFit(
  objective: Objective,
  window: SloWindow,
  alerting: Alerting,
  findings: Findings,
): boolean {
  const period = shortestPeriod(window);
  const met = new Map<string, string>();
  for (const { tier, severity } of wantedTiers(alerting, period)) {
    const path = ['alerting', 'tiers', tier.name];
    if (tier.longSeconds > period) {
      findings.error(
        path,
        `${tier.name} looks back over ${formatSeconds(tier.longSeconds)}, allowed: up to the SLO window, ${formatSeconds(period)}`,
      );
    }
    if (tier.shortSeconds >= tier.longSeconds) {
      const [long, short] = [formatSeconds(tier.longSeconds), formatSeconds(tier.shortSeconds)];
      findings.error(
        path,
        `${tier.name} has short ${short} and long ${long}, allowed: short below long`,
      );
    }
    if (!canFire(tier, objective) && isWritten(alerting, tier)) {
      findings.error(
        path,
        `${inWords(tier)} could never fire: at objective ${objective.text} even a full outage burns at ${mostBurn(objective)}, allowed: a burn rate below that`,
      );
    }
    const labels = [severity, tier.longSeconds, tier.shortSeconds].join(' ');
    const other = met.get(labels);
    if (other !== undefined) {
      findings.error(
        path,
        `${tier.name} has the severity and windows of ${other}, allowed: tiers whose alerts can be told apart`,
      );
    }
    met.set(labels, tier.name);
  }
  return !findings.faulty;
}

/** The shortest that a window can be, where its factors are the lowest. */
function shortestPeriod(window: SloWindow): number {
  return window.kind === 'rolling' ? window.seconds : PERIOD_SECONDS[window.unit];
}

function inWords({ kind, factor, longSeconds, shortSeconds }: AlertTier): string {
  const [long, short] = [formatSeconds(longSeconds), formatSeconds(shortSeconds)];
  return `${kind} at burn rate ${rounded(toNumber(factor))} over ${long} and ${short}`;
}

function mostBurn({ budgetRatio }: Objective): string {
  return rounded(1 / budgetRatio);
}

function rounded(rate: number): string {
  return String(Number(rate.toPrecision(4)));
}
