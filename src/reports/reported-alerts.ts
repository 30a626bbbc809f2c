import { type Group, rowKey, sloId } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import type { AlertSpan, Since } from './alerts-during';
import type { ReportedAlerts } from './report';

const NONE: ReportedAlerts = { pages: 0, tickets: 0, firingMinutes: 0 };
const UNKNOWN: ReportedAlerts = { pages: null, tickets: null, firingMinutes: null };

/** What alerts a month had, by SLO and group. */
export class AlertCounts {
  private readonly byRow = new Map<string, AlertSpan[]>();

  constructor(
    alerts: readonly AlertSpan[],
    private readonly judgedSince: Since,
    private readonly month: Span,
  ) {
    for (const alert of alerts) {
      const key = rowKey(sloId(alert), alert.group);
      const own = this.byRow.get(key);
      if (own === undefined) this.byRow.set(key, [alert]);
      else own.push(alert);
    }
  }

  of(slo: { readonly service: string; readonly name: string }, group: Group): ReportedAlerts {
    const own = this.byRow.get(rowKey(sloId(slo), group));
    const { from, to } = this.month;
    if (own === undefined) {
      return (this.judgedSince.get(sloId(slo)) ?? Infinity) < to ? NONE : UNKNOWN;
    }
    const began = own.filter(({ startedAt }) => startedAt > from && startedAt <= to);
    return {
      pages: began.filter(({ kind }) => kind === 'page').length,
      tickets: began.filter(({ kind }) => kind === 'ticket').length,
      firingMinutes: unionSeconds(own, this.month) / 60,
    };
  }
}

/** Seconds of a span in which at least one of them was firing. */
function unionSeconds(alerts: readonly AlertSpan[], { from, to }: Span): number {
  const spans = alerts
    .map(({ startedAt, endedAt }) => ({
      from: Math.max(from, startedAt),
      to: Math.min(to, endedAt ?? to),
    }))
    .sort((a, b) => a.from - b.from);
  let [seconds, reached] = [0, from];
  for (const span of spans) {
    seconds += Math.max(0, span.to - Math.max(span.from, reached));
    reached = Math.max(reached, span.to);
  }
  return seconds;
}
