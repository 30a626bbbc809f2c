import { metricTypesOf, retentionOf } from './facts';

describe('what a server tells of itself', () => {
  it.each([
    ['15d', 15 * 86_400],
    ['1y35d', 400 * 86_400],
    ['15d or 10GiB', 15 * 86_400],
    ['10GiB', null],
    ['', null],
  ])('keeps samples for %p', (storageRetention, seconds) => {
    expect(retentionOf({ storageRetention })).toBe(seconds);
  });

  it('is nothing where it has no such thing', () => {
    expect(retentionOf(null)).toBeNull();
    expect(retentionOf({})).toBeNull();
    expect(metricTypesOf(null)).toEqual([]);
  });

  it('holds each type that the targets of a metric declare once', () => {
    const gauge = { type: 'gauge', help: '', unit: '' };
    const declared = { jobs: [gauge, gauge, { ...gauge, type: 'counter' }] };
    expect(metricTypesOf(declared)).toEqual(['gauge', 'counter']);
  });
});
