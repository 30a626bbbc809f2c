import { parseSeconds, parseDuration } from '../domain/duration';

interface Format {
  readonly allowed: string;
  readonly test: (text: string) => boolean;
}

/** What `format` may say in our schemas, and the words for it. */
export const FORMATS: Readonly<Record<string, Format>> = {
  duration: {
    allowed: 'a Prometheus duration above zero such as 500ms, 5m, 1h30m or 30d',
    test: (text) => succeeds(() => parseDuration(text)),
  },
  'whole-seconds': {
    allowed: 'a Prometheus duration in whole seconds such as 15s, 5m, 1h30m or 30d',
    test: (text) => succeeds(() => parseSeconds(text)),
  },
  'time-zone': {
    allowed: 'an IANA time zone such as UTC, Europe/Berlin or America/Sao_Paulo',
    test: isTimeZone,
  },
};

/** Zones by name only: an offset such as +01:00 knows no summer time. */
export function isTimeZone(text: string): boolean {
  return (
    /^[A-Za-z]/.test(text) && succeeds(() => new Intl.DateTimeFormat('en', { timeZone: text }))
  );
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
