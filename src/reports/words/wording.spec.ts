import { reportWith } from '../../../test/support/reports';
import { EN } from './en';
import { LANGUAGES } from './language';
import { PT } from './pt';
import { Wording } from './wording';

const [en, pt] = LANGUAGES.map((language) => new Wording(language, reportWith())) as [
  Wording,
  Wording,
];

describe('figures in words', () => {
  it.each([
    ['an SLI that all but one of a million events met', en.sli(0.999999), '99.999%'],
    ['an SLI just below its objective', en.sli(0.99499999), '99.499%'],
    ['an SLI in Portuguese', pt.sli(0.998), '99,800%'],
    ['an SLI of 1', en.sli(1), '100.000%'],
    ['an SLI that nobody knows', pt.sli(null), 'sem dados'],
    ['an objective with all its digits', en.objective(0.99995), '99.995%'],
    ['what is left after a difference of floats', en.remaining(1 - 0.9), '10.0%'],
    ['what is overspent, rounded against us', en.remaining(-0.0001), '-0.1%'],
    ['nothing left, without a sign', en.remaining(-0), '0.0%'],
    ['what was consumed, rounded against us', en.consumed(0.05601), '5.7%'],
    ['coverage that lacks a minute', en.coverage(0.99998), '99.99%'],
    ['a change for the better', en.change(0.9995 - 0.9991), '+0.04 pp'],
    ['a change for the worse', pt.change(0.6 - 0.82), '-22 p.p.'],
    ['no change', en.change(0), '0 pp'],
    ['a change since nobody knows what', en.change(null), 'no data'],
    ['minutes', en.duration(43.2), '43.2 mins'],
    ['hours and minutes', en.duration(216), '3 hrs 36 mins'],
    ['hours and minutes in Portuguese', pt.duration(223.5), '3 h 44 min'],
    ['a whole hour', pt.duration(120), '2 h'],
    ['an overspent hour and more', en.duration(-61), '-1 hr 1 min'],
    ['minutes that round up to an hour', en.duration(119.7), '2 hrs'],
    ['events', pt.count(1_234_567), '1.234.567'],
    ['a date', en.date('2026-10-25'), '25 Oct 2026'],
    ['a date in Portuguese', pt.date('2026-10-05'), '5 de out. de 2026'],
    ['a month', pt.month('2026-03'), 'março de 2026'],
  ])('tell %s', (_, told, text) => {
    expect(told).toBe(text);
  });

  it('tell the two hours of a night on which clocks go back apart', () => {
    const [summer, winter] = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'];
    expect(en.instant(summer)).toBe('25 Oct 2026, 01:30 GMT+1');
    expect(en.instant(winter)).toBe('25 Oct 2026, 01:30 GMT+0');
    expect(en.wallClock(winter)).toEqual(new Date('2026-10-25T01:30:00Z'));
    expect(en.wallClock('2026-07-01T00:00:00Z')).toEqual(new Date('2026-07-01T01:00:00Z'));
  });

  it('leave the offset out of months without a clock change', () => {
    const month = {
      timeZone: 'America/Sao_Paulo',
      from: '2026-10-01T03:00:00Z',
      to: '2026-11-01T03:00:00Z',
    };
    expect(new Wording('pt', month).instant('2026-10-25T00:30:00Z')).toBe(
      '24 de out. de 2026, 21:30',
    );
  });
});

describe('words', () => {
  it('are not left in English', () => {
    const same = (a: object, b: object): readonly string[] =>
      Object.entries(a).flatMap(([key, value]: [string, unknown]) => {
        const other: unknown = Reflect.get(b, key);
        if (typeof value === 'object' && value !== null) return same(value, other as object);
        return typeof value === 'string' && value === other ? [value] : [];
      });
    expect([...new Set(same(EN, PT))].sort()).toEqual(['Hash', 'Id', 'SLO']);
  });
});
