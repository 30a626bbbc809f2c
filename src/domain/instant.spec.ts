import { rfc3339, toMillisecond } from './instant';

describe('an instant as text', () => {
  it.each([
    [1_793_404_800, '2026-10-31T00:00:00Z', '2026-10-31T00:00:00.000Z'],
    [1_793_404_800.25, '2026-10-31T00:00:00.250Z', '2026-10-31T00:00:00.250Z'],
    [0, '1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ])('is that of %d', (at, short, long) => {
    expect([rfc3339(at), toMillisecond(at)]).toEqual([short, long]);
  });
});
