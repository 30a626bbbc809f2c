import { instantOf, wallOf } from './clocks';

describe('a time on the clocks of a zone', () => {
  it.each([
    ['2026-11-20T01:00', 'UTC', '2026-11-20T01:00:00Z'],
    ['2026-11-20T01:00', 'Europe/Berlin', '2026-11-20T00:00:00Z'],
    ['2026-07-20T01:00', 'Europe/Berlin', '2026-07-19T23:00:00Z'],
    ['2026-11-20T01:00', 'America/Sao_Paulo', '2026-11-20T04:00:00Z'],
    ['2026-11-20T01:00', 'Asia/Kathmandu', '2026-11-19T19:15:00Z'],
    // The night in which summer begins: 02:30 is skipped.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    // And in which it ends: 02:30 comes twice.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00Z'],
    ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
  ])('is an instant: %s in %s', (wall, zone, instant) => {
    expect(instantOf(wall, zone)).toBe(Date.parse(instant));
  });

  it('is what clocks show at that instant', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu']) {
      for (const wall of ['2026-01-31T23:59', '2026-06-01T00:00', '2026-11-01T12:30']) {
        expect(wallOf(instantOf(wall, zone) ?? 0, zone)).toBe(wall);
      }
    }
  });

  it.each(['', 'tomorrow', '2026-13-01T00:00', '2026-11-20'])('is no time: %j', (wall) => {
    expect(instantOf(wall, 'UTC')).toBeNull();
  });
});
