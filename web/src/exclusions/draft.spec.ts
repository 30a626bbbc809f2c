import { bodyOf, missingIn, newDraft, onClocksOf } from './draft';
import { NO_RULE } from './rule';

const NOW = Date.parse('2026-11-20T10:17:42Z');

describe('an exclusion in a form', () => {
  it('begins with the hour that begins now, on the clocks that are chosen', () => {
    expect(newDraft(NOW, 'Europe/Berlin')).toMatchObject({
      from: '2026-11-20T11:17',
      to: '2026-11-20T12:17',
    });
  });

  it('is sent in UTC', () => {
    const draft = newDraft(NOW, 'Europe/Berlin', {
      ...{ slo: ' shop/api ', from: '2026-11-20T02:00', to: '2026-11-20T06:00' },
      ...{ reason: 'upgrade', group: 'endpoint=/cars?a=1\n' },
    });
    expect(bodyOf(draft)).toEqual({
      ...{ slo: 'shop/api', group: { endpoint: '/cars?a=1' } },
      ...{ from: '2026-11-20T01:00:00Z', to: '2026-11-20T05:00:00Z' },
      ...{ treatment: 'drop', reason: 'upgrade' },
    });
  });

  it('comes again by a rule, on the clocks of its zone', () => {
    const draft = newDraft(NOW, 'Europe/Berlin', {
      ...{ scope: 'service', service: 'shop', repeats: true, from: '2026-11-22T02:00' },
      ...{ duration: '2h', rule: { ...NO_RULE, days: ['SU'] }, reason: 'backup', author: 'ops' },
    });
    expect(bodyOf(draft)).toEqual({
      ...{ service: 'shop', from: '2026-11-22T01:00:00Z', rrule: 'FREQ=WEEKLY;BYDAY=SU' },
      ...{ duration: '2h', timeZone: 'Europe/Berlin', treatment: 'drop' },
      ...{ reason: 'backup', author: 'ops' },
    });
  });

  it('stays the instant that it was on other clocks', () => {
    const moved = onClocksOf(newDraft(NOW, 'UTC', { from: '2026-11-20T01:00' }), 'Asia/Tokyo');
    expect(moved).toMatchObject({ from: '2026-11-20T10:00', timeZone: 'Asia/Tokyo' });
  });

  it('is of the groups that are named, to the letter, and never of all by a slip', () => {
    const draft = newDraft(NOW, 'UTC', { slo: 'shop/api', reason: 'x' });
    const of = (group: string) => ({ ...draft, group });
    expect(missingIn(of('endpoint'), false)).toEqual(['group']);
    expect(missingIn(of('endpoint=/cart\n/login'), false)).toEqual(['group']);
    expect(missingIn(of('=/cart'), false)).toEqual(['group']);
    expect(missingIn(of('endpoint= /cart \r\n\n zone='), false)).toEqual([]);
    expect(bodyOf(of('endpoint= /cart \r\n\n zone=')).group).toEqual({
      ...{ endpoint: ' /cart ', zone: '' },
    });
  });

  it('says what is missing', () => {
    const draft = newDraft(NOW, 'UTC', { to: '' });
    expect(missingIn(draft, true)).toEqual(['scope', 'to', 'reason', 'author']);
    const whole = { ...draft, slo: 'shop/api', repeats: true, reason: 'x', author: 'ops' };
    expect(missingIn(whole, true)).toEqual([]);
    expect(missingIn({ ...whole, duration: '', author: '' }, false)).toEqual(['duration']);
  });
});
