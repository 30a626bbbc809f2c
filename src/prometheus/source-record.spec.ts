import { leastSkew } from './source-record';

describe('the clock of a source', () => {
  const date = (seconds: number) => new Date(seconds * 1000).toUTCString();

  it.each([
    ['the same second', 100, 100.2, 100.4, 0],
    ['cut to the second before', 99, 99.9, 100.1, 0],
    ['a slow answer', 100, 80, 110, 0],
    ['ahead', 100, 90, 90.2, 9.8],
    ['behind', 100, 110, 110.2, -9],
    ['just not provable', 100, 100.99, 101.2, 0],
  ])('%s', (_, header, sentAt, receivedAt, skew) => {
    expect(leastSkew(date(header), sentAt, receivedAt)).toBeCloseTo(skew, 9);
  });

  it.each([[null], ['yesterday']])('is unknown from %p', (header) => {
    expect(leastSkew(header, 1, 2)).toBeNull();
  });
});
