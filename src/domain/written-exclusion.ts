import { DateTime, IANAZone } from 'luxon';
import { rfc3339 } from './instant';
import { DAY_SECONDS, formatSeconds, parseSeconds } from './duration';
import type { ExcludedWhen, RepeatedlyExcluded } from './exclusion';
import { InvalidValue } from './invalid-value';
import { checkOccurs } from './occurrences';
import { readRule } from './recurrence-rule';

/** When something is excluded, as definitions and requests write it. */
export interface WhenText {
  /** RFC 3339 with its zone. */
  readonly from: string;
  /** RFC 3339 with its zone; or a rule with a duration. */
  readonly to?: string | undefined;
  readonly rrule?: string | undefined;
  /** `2h` */
  readonly duration?: string | undefined;
  /** IANA; UTC where it is left out. */
  readonly timeZone?: string | undefined;
}

const LONGEST_SECONDS = 366 * DAY_SECONDS;
const LONGEST_REPEATED_SECONDS = 31 * DAY_SECONDS;

/**
 * A span from `from` to `to`, or one of a duration that is repeated by a rule.
 *
 * @throws InvalidValue that names the field
 */
export function readWhen(text: WhenText): ExcludedWhen {
  const from = readInstant('from', text.from);
  if (text.rrule !== undefined) return readRepeated(text, Math.floor(from));
  for (const field of ['duration', 'timeZone'] as const) {
    if (text[field] !== undefined) throw new InvalidValue(field, text[field], 'only beside rrule');
  }
  if (text.to === undefined) {
    throw new InvalidValue('to', null, 'an instant after from, or rrule with a duration');
  }
  const to = readInstant('to', text.to);
  if (to <= from || to - from > LONGEST_SECONDS) {
    throw new InvalidValue(
      'to',
      text.to,
      `after from, by ${formatSeconds(LONGEST_SECONDS)} at most`,
    );
  }
  return { kind: 'once', from: Math.floor(from), to: Math.ceil(to) };
}

/** The fields that read as the same again. */
export function whenText(when: ExcludedWhen): WhenText {
  if (when.kind === 'once') return { from: rfc3339(when.from), to: rfc3339(when.to) };
  const { from, rrule, durationSeconds, timeZone } = when;
  return { from: rfc3339(from), rrule, duration: formatSeconds(durationSeconds), timeZone };
}

function readRepeated(text: WhenText, from: number): RepeatedlyExcluded {
  const { to, rrule = '', duration, timeZone = 'UTC' } = text;
  if (to !== undefined) {
    throw new InvalidValue('to', to, 'not beside rrule: a rule ends by its UNTIL or COUNT');
  }
  if (duration === undefined) {
    throw new InvalidValue('duration', null, 'how long each lasts, such as 2h, beside rrule');
  }
  if (!/^[A-Za-z]/.test(timeZone) || !IANAZone.isValidZone(timeZone)) {
    throw new InvalidValue('timeZone', timeZone, 'an IANA time zone such as Europe/Berlin');
  }
  const durationSeconds = parseSeconds(duration);
  if (durationSeconds > LONGEST_REPEATED_SECONDS) {
    throw new InvalidValue(
      'duration',
      duration,
      `${formatSeconds(LONGEST_REPEATED_SECONDS)} at most`,
    );
  }
  const when: RepeatedlyExcluded = {
    kind: 'recurring',
    from,
    durationSeconds,
    rrule: readRule(rrule),
    timeZone,
  };
  checkOccurs(when);
  return when;
}

/** A local time would be another instant on another server. */
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

function readInstant(field: string, text: string): number {
  const at = DateTime.fromISO(text, { setZone: true });
  if (WITH_ZONE.test(text) && at.isValid) return at.toSeconds();
  const allowed = 'an RFC 3339 instant with its zone, such as 2026-11-20T12:00:00Z';
  throw new InvalidValue(field, text, allowed);
}
