import { createHash } from 'node:crypto';
import type { SentAlert } from '../alerting/alert-receiver';
import { fingerprintOf } from './fingerprint';

/** What alerts of one message have in common, so that a chat can thread by it. */
const GROUP_LABELS = ['alertname', 'service', 'slo'];
/** What Alertmanager writes for "not ended". */
const NEVER = '0001-01-01T00:00:00Z';

export interface Message {
  readonly body: string;
  /** The same for the same news, however often it is sent: receivers drop what they have had. */
  readonly id: string;
}

/** Alerts as Alertmanager words them for webhooks, version 4. @param at epoch seconds */
export function messageOf(
  alerts: readonly SentAlert[],
  receiver: string,
  externalUrl: string,
  at: number,
): Message {
  const told = alerts.map((alert) => toldAlert(alert, at));
  const commonLabels = common(alerts.map(({ labels }) => labels));
  const groupLabels = Object.fromEntries(
    GROUP_LABELS.flatMap((name) =>
      commonLabels[name] === undefined ? [] : [[name, commonLabels[name]] as const],
    ),
  );
  const body = JSON.stringify({
    version: '4',
    groupKey: `{}:${braced(groupLabels)}`,
    truncatedAlerts: 0,
    status: told.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    receiver,
    groupLabels,
    commonLabels,
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL: externalUrl,
    alerts: told,
  });
  const news = told.map(({ fingerprint, startsAt, status }) => [fingerprint, startsAt, status]);
  const id = createHash('sha256').update(JSON.stringify(news)).digest('hex').slice(0, 32);
  return { body, id };
}

function toldAlert({ labels, annotations, startsAt, endsAt, generatorUrl }: SentAlert, at: number) {
  const firing = endsAt > at;
  return {
    status: firing ? 'firing' : 'resolved',
    labels,
    annotations,
    startsAt: rfc3339(startsAt),
    endsAt: firing ? NEVER : rfc3339(endsAt),
    generatorURL: generatorUrl,
    fingerprint: fingerprintOf(labels),
  };
}

function common(all: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const [first = {}, ...others] = all;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((each) => each[name] === value)),
  );
}

function braced(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${pairs.join(', ')}}`;
}

function rfc3339(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}
