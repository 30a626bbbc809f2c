import { alertTiers, canFire } from '../domain/alert-policy';
import { DAY_SECONDS, formatSeconds } from '../domain/duration';
import { toNumber } from '../domain/fraction';
import { InvalidValue } from '../domain/invalid-value';
import type { Objective } from '../domain/objective';
import type { Alerting } from '../domain/slo';
import type { CalendarUnit, SloWindow } from '../domain/slo-window';
import type { Findings } from './findings';
import type { NativeAlerting } from './native-document';

export function readAlerting(alerting: NativeAlerting, findings: Findings): Alerting {
  const { runbook } = alerting;
  if (runbook !== undefined)
    findings.attempt(['alerting', 'runbook'], () => {
      checkRunbook(runbook);
    });
  if ('tiers' in alerting) {
    findings.warning(
      ['alerting', 'tiers'],
      'not supported yet, ignored: written alert tiers; the default ones are in force',
    );
  }
  return {
    runbook: runbook ?? null,
    labels: { ...alerting.labels },
    tiers: (['page', 'ticket'] as const).map((kind) => ({
      kind,
      severity: alerting[kind]?.severity ?? kind,
      disabled: alerting[kind]?.disabled ?? false,
    })),
  };
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
  const period = window.kind === 'rolling' ? window.seconds : PERIOD_SECONDS[window.unit];
  const wanted = alerting.tiers.filter(({ disabled }) => !disabled).map(({ kind }) => kind);
  return alertTiers(period)
    .filter((tier) => wanted.includes(tier.kind) && !canFire(tier, objective))
    .map((tier) => {
      const [long, short] = [formatSeconds(tier.longSeconds), formatSeconds(tier.shortSeconds)];
      return (
        `the default ${tier.kind} at burn rate ${rounded(toNumber(tier.factor))} over ${long} and ${short} is switched off: ` +
        `at objective ${objective.text} even a full outage burns at only ${rounded(1 / objective.budgetRatio)}`
      );
    });
}

function rounded(rate: number): string {
  return String(Number(rate.toPrecision(4)));
}
