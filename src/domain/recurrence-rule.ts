import { DateTime } from 'luxon';
import { InvalidValue } from './invalid-value';

const WEEKDAY = '(?:MO|TU|WE|TH|FR|SA|SU)';

/** A comma-separated list of whole numbers up to `most`; negative ones count from the end. */
const upTo =
  (most: number, least = 1, signed = false) =>
  (text: string): boolean =>
    text.split(',').every((part) => {
      const number = Number(signed ? part.replace(/^[+-]/, '') : part);
      return /^[+-]?\d{1,3}$/.test(part) && number >= least && number <= most;
    });

const matching =
  (shape: RegExp) =>
  (text: string): boolean =>
    shape.test(text);

/**
 * The parts of RFC 5545, section 3.3.10, that an exclusion may have, and what each allows. Nothing
 * shorter than a day repeats: an hour that clocks skip or repeat would have no meaning.
 */
const PARTS: Readonly<
  Record<string, { readonly ok: (text: string) => boolean; readonly allowed: string }>
> = {
  FREQ: {
    ok: matching(/^(DAILY|WEEKLY|MONTHLY|YEARLY)$/),
    allowed: 'DAILY, WEEKLY, MONTHLY or YEARLY; BYHOUR gives several a day',
  },
  INTERVAL: { ok: upTo(999), allowed: '1 to 999' },
  COUNT: { ok: upTo(999), allowed: '1 to 999' },
  UNTIL: {
    ok: (text) => untilInstant(text) !== null,
    allowed: 'an instant in UTC such as 20271231T235959Z',
  },
  BYDAY: {
    ok: matching(new RegExp(`^(?:[+-]?\\d{1,2})?${WEEKDAY}(?:,(?:[+-]?\\d{1,2})?${WEEKDAY})*$`)),
    allowed: 'weekdays such as SU, MO,TU or, by month or year, -1SU',
  },
  BYMONTHDAY: { ok: upTo(31, 1, true), allowed: '1 to 31, or -31 to -1 from the end' },
  BYYEARDAY: { ok: upTo(366, 1, true), allowed: '1 to 366, or -366 to -1 from the end' },
  BYWEEKNO: { ok: upTo(53, 1, true), allowed: '1 to 53, or -53 to -1 from the end' },
  BYMONTH: { ok: upTo(12), allowed: '1 to 12' },
  BYSETPOS: { ok: upTo(366, 1, true), allowed: '1 to 366, or -366 to -1 from the end' },
  BYHOUR: { ok: upTo(23, 0), allowed: '0 to 23' },
  BYMINUTE: { ok: upTo(59, 0), allowed: '0 to 59' },
  WKST: { ok: matching(new RegExp(`^${WEEKDAY}$`)), allowed: 'a weekday such as MO' },
};

const MOST_A_DAY = 24;

/**
 * An RFC 5545 rule as it is kept: upper case, without `RRULE:`, each part known and within its
 * bounds.
 *
 *     readRule('RRULE:freq=weekly;byday=SU') = 'FREQ=WEEKLY;BYDAY=SU'
 *
 * @throws InvalidValue that names the part
 */
export function readRule(text: string): string {
  const rule = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '');
  const parts = new Map<string, string>();
  for (const part of rule.split(';')) {
    const [, name = '', value = ''] = /^([A-Z]+)=(.+)$/.exec(part) ?? [];
    const known = PARTS[name];
    if (known === undefined) {
      const allowed = `an RFC 5545 rule such as FREQ=WEEKLY;BYDAY=SU, of the parts ${Object.keys(PARTS).join(', ')}`;
      throw new InvalidValue('rrule', text, allowed);
    }
    if (parts.has(name)) throw new InvalidValue(`rrule ${name}`, text, 'each part once');
    if (!known.ok(value)) throw new InvalidValue(`rrule ${name}`, value, known.allowed);
    parts.set(name, value);
  }
  checkTogether(text, parts);
  return rule;
}

function checkTogether(text: string, parts: ReadonlyMap<string, string>): void {
  if (!parts.has('FREQ')) throw new InvalidValue('rrule', text, 'a rule with FREQ');
  if (parts.has('COUNT') && parts.has('UNTIL')) {
    throw new InvalidValue('rrule', text, 'COUNT or UNTIL, not both');
  }
  const listed = (name: string) => new Set(parts.get(name)?.split(',') ?? ['']).size;
  if (listed('BYHOUR') * listed('BYMINUTE') > MOST_A_DAY) {
    throw new InvalidValue('rrule', text, `at most ${MOST_A_DAY} beginnings a day`);
  }
}

/** Epoch seconds of `20271231T235959Z`; null for anything else, and for a day that does not exist. */
export function untilInstant(text: string): number | null {
  if (!/^\d{8}T\d{6}Z$/.test(text)) return null;
  const at = DateTime.fromISO(text);
  return at.isValid ? at.toSeconds() : null;
}
