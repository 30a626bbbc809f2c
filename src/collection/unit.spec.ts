import { DateTime } from 'luxon';
import { slo } from '../../test/support/slo';
import { earliestKept, historyStart, historyTarget } from './unit';

const DAY = 86_400;
const now = DateTime.fromISO('2026-11-20T15:42:30Z').toSeconds();
const iso = (at: number) => DateTime.fromSeconds(at, { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm');
const daysAgo = (days: number) => Math.floor((now - days * DAY) / 300) * 300;

describe('history is read back', () => {
  const month = slo();

  it.each([
    ['to the start of the window where nobody asked', undefined, '2026-10-21 15:40'],
    ['to where it was asked for', daysAgo(60), '2026-09-21 15:40'],
    ['to the start of the window where less was asked for', daysAgo(20), '2026-10-21 15:40'],
    ['to what is kept where more was asked for once', daysAgo(200), '2026-08-12 15:45'],
  ])('%s', (_, asked, told) => {
    expect(iso(historyTarget(month, now, asked, 100 * DAY))).toBe(told);
  });

  it('to the start of a window that is longer than history is kept', () => {
    expect(historyTarget(month, now, daysAgo(60), 10 * DAY)).toBe(historyStart(month, now));
  });

  it('never to an instant that is dropped by now', () => {
    const earliest = earliestKept(now, 400 * DAY);
    expect(earliest).toBeGreaterThanOrEqual(now - 400 * DAY);
    expect(earliest % 300).toBe(0);
  });
});
