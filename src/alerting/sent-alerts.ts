import type { StoredAlert } from './alert';
import type { SentAlert } from './alert-receiver';

/** Prometheus says again every minute what fires, or at each evaluation where these are further apart. */
const SHORTEST_RESEND_SECONDS = 60;
/** So many times may saying it again fail before a receiver takes an alert for over. */
const HOLDS_FOR_RESENDS = 4;

/** How often what fires is said again. */
export function resendSeconds(evaluationIntervalSeconds: number): number {
  return Math.max(SHORTEST_RESEND_SECONDS, evaluationIntervalSeconds);
}

/** An alert as it stands, or as it began where `state` says so. @param now epoch seconds */
export function sentAlert(
  { labels, annotations, startedAt, endedAt }: StoredAlert,
  now: number,
  resend: number,
  state: 'firing' | 'resolved' = endedAt === null ? 'firing' : 'resolved',
): SentAlert {
  const holdsUntil = now + HOLDS_FOR_RESENDS * resend;
  return {
    labels,
    annotations,
    startsAt: startedAt,
    endsAt: state === 'firing' ? holdsUntil : (endedAt ?? holdsUntil),
    generatorUrl: annotations['dashboard_url'] ?? '',
  };
}
