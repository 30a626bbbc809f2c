import type { AlertView } from '../../../../src/alerting/alerts.dto';
import { keyOf } from './rows';

/** All that fires of one SLO, or of one of its groups. */
export interface Trouble {
  readonly key: string;
  readonly slo: string;
  readonly group: AlertView['group'];
  /** The most urgent of its alerts. */
  readonly worst: AlertView;
  /** RFC 3339: when the first of its kind began. */
  readonly since: string;
  readonly count: number;
  /** Nothing of its budget is left. */
  readonly isSpent: boolean;
}

/**
 * Pages before tickets, what is sent before what is kept back; of tickets those of spent budgets first.
 * Of the same, what began last.
 */
export function troublesOf(alerts: readonly AlertView[]): readonly Trouble[] {
  const bySlo = new Map<string, AlertView[]>();
  for (const alert of alerts) {
    const key = keyOf(alert);
    const own = bySlo.get(key);
    if (own === undefined) bySlo.set(key, [alert]);
    else own.push(alert);
  }
  return [...bySlo]
    .map(([key, own]) => troubleOf(key, own))
    .sort((a, b) => rank(a) - rank(b) || later(a.since, b.since));
}

function troubleOf(key: string, alerts: readonly AlertView[]): Trouble {
  const [worst, ...rest] = [...alerts].sort(
    (a, b) => urgency(a) - urgency(b) || later(b.startedAt, a.startedAt),
  );
  if (worst === undefined) throw new Error(`${key} has no alert`);
  const { slo, group, startedAt: since } = worst;
  const isSpent = alerts.some(({ alertname }) => alertname === 'SLOErrorBudgetExhausted');
  return { key, slo, group, worst, since, count: rest.length + 1, isSpent };
}

/** Of pages it matters what has just begun; who comes to tickets asks which is the worst. */
function rank({ worst, isSpent }: Trouble): number {
  return urgency(worst) - (worst.kind === 'ticket' && isSpent ? 0.5 : 0);
}

function urgency({ kind, heldBy }: AlertView): number {
  return (kind === 'page' ? 0 : 2) + (heldBy === null ? 0 : 1);
}

function later(a: string, b: string): number {
  return Date.parse(b) - Date.parse(a);
}
