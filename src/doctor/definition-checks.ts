import { silentTiers } from '../definitions/native-alerting';
import { wantedTiers } from '../domain/alert-tiers';
import { formatSeconds } from '../domain/duration';
import type { Slo } from '../domain/slo';
import { windowSeconds } from '../domain/slo-window';
import type { Examined } from './examined';
import type { Symptom } from './finding';

/** With fewer, one failed scrape decides whether somebody is woken. */
const LEAST_SCRAPES = 4;

/** Alert tiers whose burn rate even a full outage does not reach: factor >= 1 / (1 - objective). */
export function tiersThatCannotFire({ objective, window, alerting }: Slo): readonly Symptom[] {
  return silentTiers(objective, window, alerting).map((words) => ({
    check: 'tier-cannot-fire',
    severity: 'warning',
    path: 'objective',
    value: words,
    allowed: `factors below 1 / (1 - objective) = ${Number((1 / objective.budgetRatio).toPrecision(4))}`,
    action: 'set a stricter objective, or disable this alert to say that it is meant so',
  }));
}

/** Short alert windows that hold fewer than four scrapes. */
export function shortAlertWindows({ slo, at, now }: Examined): readonly Symptom[] {
  const shortest = Math.min(
    ...wantedTiers(slo.alerting, windowSeconds(slo.window, now)).map(
      ({ tier }) => tier.shortSeconds,
    ),
  );
  const scrape = at.scrapeIntervalSeconds;
  if (shortest >= LEAST_SCRAPES * scrape) return [];
  const [window, interval] = [formatSeconds(shortest), formatSeconds(scrape)];
  return [
    {
      check: 'short-alert-window',
      severity: 'warning',
      path: 'window',
      value: `the shortest alert window, ${window}, holds ${Math.floor(shortest / scrape)} scrapes of ${interval}`,
      allowed: `${LEAST_SCRAPES} or more, ${formatSeconds(LEAST_SCRAPES * scrape)}`,
      action: `scrape every ${formatSeconds(Math.floor(shortest / LEAST_SCRAPES))} or more often, or choose a longer SLO window`,
    },
  ];
}
