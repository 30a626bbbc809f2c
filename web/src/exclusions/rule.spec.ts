import { readRule } from './read-rule';
import { NO_RULE, type RuleDraft, ruleText } from './rule';

const FROM = '2026-11-17T02:00';

describe('a rule out of the form', () => {
  it.each<[Partial<RuleDraft>, string]>([
    [{ every: 'day' }, 'FREQ=DAILY'],
    [{ every: 'day', interval: 3 }, 'FREQ=DAILY;INTERVAL=3'],
    [{ every: 'week' }, 'FREQ=WEEKLY;BYDAY=TU'],
    [{ every: 'week', days: ['SU', 'MO'] }, 'FREQ=WEEKLY;BYDAY=MO,SU'],
    [{ every: 'week', days: ['SU'], interval: 2 }, 'FREQ=WEEKLY;BYDAY=SU;INTERVAL=2'],
    [{ every: 'monthDay' }, 'FREQ=MONTHLY;BYMONTHDAY=17'],
    [{ every: 'monthWeekday' }, 'FREQ=MONTHLY;BYDAY=3TU'],
    [{ every: 'day', until: '2026-12-31' }, 'FREQ=DAILY;UNTIL=20261231T225959Z'],
    [{ every: 'own', own: ' FREQ=YEARLY ' }, 'FREQ=YEARLY'],
  ])('is one of RFC 5545: %j', (rule, text) => {
    expect(ruleText({ ...NO_RULE, ...rule }, FROM, 'Europe/Berlin')).toBe(text);
  });

  it('tells a fifth weekday as the last', () => {
    const rule = { ...NO_RULE, every: 'monthWeekday' } as const;
    expect(ruleText(rule, '2026-11-30T02:00', 'UTC')).toBe('FREQ=MONTHLY;BYDAY=-1MO');
  });
});

describe('a rule that is read for people', () => {
  it.each([
    ['FREQ=DAILY', { every: 'day', interval: 1, until: null }],
    [
      'FREQ=WEEKLY;BYDAY=MO,SU;INTERVAL=2',
      { every: 'week', interval: 2, days: ['MO', 'SU'], until: null },
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=17', { every: 'month', interval: 1, day: 17, until: null }],
    [
      'FREQ=MONTHLY;BYDAY=-1MO',
      { every: 'month', interval: 1, nth: -1, weekday: 'MO', until: null },
    ],
    [
      'FREQ=DAILY;UNTIL=20261231T225959Z',
      { every: 'day', interval: 1, until: '2026-12-31T22:59:59Z' },
    ],
  ])('%s', (text, rule) => {
    expect(readRule(text)).toEqual(rule);
  });

  it.each(['FREQ=YEARLY', 'FREQ=DAILY;COUNT=3', 'FREQ=WEEKLY;BYDAY=SU;BYHOUR=1,2', 'nonsense'])(
    'is left as it is written, where it says more: %s',
    (text) => {
      expect(readRule(text)).toBeNull();
    },
  );
});
