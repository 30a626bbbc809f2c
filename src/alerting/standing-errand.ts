import type { StoredAlert } from './alert';
import type { AlertLog } from './alert-log';
import type { Errand, Tell } from './errand';
import { sentAlert } from './sent-alerts';

/** Prometheus, too, says for so long that an alert is over: whoever was away meanwhile hears of it. */
const SAYS_RESOLVED_SECONDS = 900;

/**
 * Tells how alerts stand: all that fire, and those that are lately over. At once when that changed,
 * and again every `resendSeconds`. What is told is read each time anew, so that an attempt that
 * comes late says what is true by then; nothing has to be kept for a receiver that is away. That
 * nothing fires is told, too, so that a receiver which takes no alerts is known before there are any.
 */
export class StandingErrand implements Errand {
  private told: { readonly as: string; readonly at: number } = { as: '', at: -Infinity };

  constructor(
    private readonly log: AlertLog,
    private readonly now: () => number,
    private readonly resendSeconds: number,
  ) {}

  async run(tell: Tell): Promise<void> {
    const now = this.now();
    const alerts = lastOfEach(await this.log.told(now - SAYS_RESOLVED_SECONDS));
    const as = alerts.map(({ id, endedAt }) => `${id}${endedAt === null ? '' : ' is over'}`).join();
    if (as === this.told.as && now < this.told.at + this.resendSeconds) return;
    await tell(alerts.map((alert) => sentAlert(alert, now, this.resendSeconds)));
    this.told = { as, at: now };
  }
}

/**
 * Of alerts with the same labels only the last: one that fires again is the same to its receiver, which
 * would otherwise be told in one breath that it is over and that it is not.
 *
 * @param alerts in the order in which they began
 */
function lastOfEach(alerts: readonly StoredAlert[]): readonly StoredAlert[] {
  const last = new Map<string, StoredAlert>();
  for (const alert of alerts) {
    const labels = Object.entries(alert.labels).sort(([a], [b]) => (a < b ? -1 : 1));
    last.set(JSON.stringify(labels), alert);
  }
  return [...last.values()];
}
