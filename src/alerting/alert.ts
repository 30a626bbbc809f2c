import type { AlertKind } from '../domain/alert-policy';
import { type Group, type Slo, sloId } from '../domain/slo';

/** What alerts are called; other people's routes hold these names. */
export const ALERT_NAMES = {
  burn: 'SLOErrorBudgetBurn',
  exhausted: 'SLOErrorBudgetExhausted',
  noData: 'SLONoData',
} as const;

export type AlertName = (typeof ALERT_NAMES)[keyof typeof ALERT_NAMES];

/** The pair of windows of a burning budget. */
export interface AlertWindows {
  readonly tier: string;
  readonly longSeconds: number;
  readonly shortSeconds: number;
  readonly factor: number;
}

/** What tells alerts apart: of those with the same key, one is open at a time. */
export interface AlertIdentity {
  readonly alertname: AlertName;
  readonly service: string;
  readonly name: string;
  readonly group: Group;
  readonly severity: string;
  /** Null where it is not about windows. */
  readonly windows: AlertWindows | null;
  /** What keeps it from being sent; null where nothing does. */
  readonly heldBy: string | null;
}

/** The figures that an alert began or ended with; null where one is unknown. */
export interface AlertFigures {
  readonly burnLong: number | null;
  readonly burnShort: number | null;
  /** Bad and all events over the long window. */
  readonly bad: number | null;
  readonly total: number | null;
  readonly remainingRatio: number | null;
}

/** An alert that begins. */
export interface NewAlert extends AlertIdentity {
  readonly kind: AlertKind;
  readonly objective: string;
  /** Epoch seconds. */
  readonly startedAt: number;
  readonly atStart: AlertFigures;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Why an alert is over: what it told of is, or its SLO, group or tier is gone. */
export type AlertEnd = 'recovered' | 'gone';

export interface StoredAlert extends NewAlert {
  readonly id: string;
  readonly endedAt: number | null;
  readonly endedBy: AlertEnd | null;
  readonly atEnd: AlertFigures | null;
}

/** What has to be known of an alert that has not ended; there may be thousands of them every minute. */
export interface OpenAlert extends Pick<StoredAlert, 'id' | 'service' | 'name'> {
  /** As `alertKey` says it. */
  readonly key: string;
  readonly objective: string;
  readonly startedAt: number;
}

/** The same for the same alert, however its group's labels are ordered. */
export function alertKey(alert: AlertIdentity): string {
  return keyWithin(subjectKey(alert), alert);
}

/** What the keys of all alerts about one SLO and group begin with. */
export function subjectKey(of: Pick<AlertIdentity, 'service' | 'name' | 'group'>): string {
  const { group } = of;
  const labels = group === null ? null : Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sloId(of), labels]);
}

/**
 * What tells the alerts about one SLO and group apart: thousands are asked for every minute.
 *
 * @param subject as `subjectKey` says it
 */
export function keyWithin(
  subject: string,
  { alertname, severity, windows, heldBy }: Omit<AlertIdentity, 'service' | 'name' | 'group'>,
): string {
  const lengths = windows === null ? '' : `${windows.longSeconds}/${windows.shortSeconds}`;
  return `${subject} ${alertname} ${lengths} ${heldBy === null ? 'told' : 'held'} ${severity}`;
}

/** What an alert is about, without what it is. */
export function subjectOf(
  slo: Slo,
  group: Group,
): Pick<AlertIdentity, 'service' | 'name' | 'group'> {
  return { service: slo.service, name: slo.name, group };
}
