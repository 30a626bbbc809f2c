import fc from 'fast-check';
import { anyWhen } from '../../test/support/any-exclusion';
import { readWhen, whenText } from './written-exclusion';

const FROM = '2026-11-20T12:00:00Z';
const rule = (rrule: string) => ({ from: FROM, rrule, duration: '2h' });

describe('when something is excluded', () => {
  it('is written as it was read', () => {
    fc.assert(
      fc.property(anyWhen, (when) => {
        expect(readWhen(whenText(when))).toEqual(when);
      }),
    );
  });

  it('may be said in lower case and with RRULE: in front, in UTC where no zone is named', () => {
    expect(readWhen(rule('rrule:freq=weekly;byday=su'))).toEqual({
      kind: 'recurring',
      from: Date.parse(FROM) / 1000,
      durationSeconds: 7_200,
      rrule: 'FREQ=WEEKLY;BYDAY=SU',
      timeZone: 'UTC',
    });
  });

  it.each([
    [
      { from: '2026-11-20T12:00:00', to: FROM },
      'from is "2026-11-20T12:00:00", allowed: an RFC 3339',
    ],
    [{ from: '2026-02-30T12:00:00Z', to: FROM }, 'from is "2026-02-30T12:00:00Z", allowed: an RFC'],
    [{ from: FROM, to: FROM }, `to is "${FROM}", allowed: after from, by 366d at most`],
    [{ from: FROM, to: '2028-01-01T00:00:00Z' }, 'allowed: after from, by 366d at most'],
    [{ from: FROM }, 'to is null, allowed: an instant after from, or rrule with a duration'],
    [{ from: FROM, to: FROM, duration: '2h' }, 'duration is "2h", allowed: only beside rrule'],
    [{ ...rule('FREQ=DAILY'), to: FROM }, 'allowed: not beside rrule'],
    [{ from: FROM, rrule: 'FREQ=DAILY' }, 'duration is null, allowed: how long each lasts'],
    [{ ...rule('FREQ=DAILY'), duration: '32d' }, 'duration is "32d", allowed: 31d at most'],
    [{ ...rule('FREQ=DAILY'), timeZone: '+01:00' }, 'timeZone is "+01:00", allowed: an IANA'],
    [{ ...rule('FREQ=DAILY'), timeZone: 'Mars/Olympus' }, 'timeZone is "Mars/Olympus"'],
    [rule('FREQ=HOURLY'), 'rrule FREQ is "HOURLY", allowed: DAILY, WEEKLY, MONTHLY or YEARLY'],
    [rule('BYDAY=SU'), 'rrule is "BYDAY=SU", allowed: a rule with FREQ'],
    [rule('FREQ=DAILY;BYHOUR=25'), 'rrule BYHOUR is "25", allowed: 0 to 23'],
    [rule('FREQ=DAILY;INTERVAL=0'), 'rrule INTERVAL is "0", allowed: 1 to 999'],
    [rule('FREQ=DAILY;FREQ=DAILY'), 'allowed: each part once'],
    [rule('FREQ=DAILY;COUNT=3;UNTIL=20270101T000000Z'), 'allowed: COUNT or UNTIL, not both'],
    [rule('FREQ=DAILY;UNTIL=20270101'), 'rrule UNTIL is "20270101", allowed: an instant in UTC'],
    [rule('FREQ=DAILY;UNTIL=20270230T000000Z'), 'rrule UNTIL is "20270230T000000Z"'],
    [
      rule('FREQ=DAILY;X-OWN=1'),
      'allowed: an RFC 5545 rule such as FREQ=WEEKLY;BYDAY=SU, of the parts',
    ],
    [rule('FREQ=DAILY;BYDAY=1MO'), 'allowed: a rule that comes to pass'],
    [rule('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'), 'allowed: a rule that comes to pass'],
    [
      rule(`FREQ=DAILY;BYMINUTE=${Array.from({ length: 25 }, (_, k) => k).join(',')}`),
      'allowed: at most 24 beginnings a day',
    ],
  ])('%j is refused', (text, words) => {
    expect(() => readWhen(text)).toThrow(words);
  });
});
