import { evaluated, FakeSource } from '../../test/support/fake-source';
import { RememberingSource } from './remembering-source';
import type { RangeAsked } from './series-source';

const DAY: RangeAsked = { from: 300, to: 86_400, stepSeconds: 300 };

/** Has a value at every third instant and for the first hour only. */
const real = () =>
  new FakeSource([
    [
      'events',
      (asked) =>
        [
          evaluated(asked, (at) => (at % 900 === 0 ? at : undefined), { pod: 'a' }),
          evaluated(asked, (at) => (at <= 3_600 ? 1 : undefined), { pod: 'b' }),
        ].filter(({ at }) => at.length > 0),
    ],
  ]);

describe('a range within one that was answered', () => {
  it.each<[what: string, asked: RangeAsked]>([
    ['at its start', { ...DAY, to: 3_000 }],
    ['in its middle, where a series has ended', { ...DAY, from: 7_200, to: 9_900 }],
    ['at its end', { ...DAY, from: 86_100 }],
    ['of one instant without a value', { ...DAY, from: 7_500, to: 7_500 }],
  ])('is not asked again: %s', async (_, asked) => {
    const source = real();
    const remembering = new RememberingSource(source);
    await remembering.range('default', 'events', DAY);
    expect(await remembering.range('default', 'events', asked)).toEqual(
      await real().range('default', 'events', asked),
    );
    expect(source.asked).toHaveLength(1);
  });

  it.each<[what: string, query: string, asked: RangeAsked]>([
    ['of another step', 'events', { ...DAY, stepSeconds: 600 }],
    ['between its instants', 'events', { ...DAY, from: 360, to: 660 }],
    ['beyond its end', 'events', { ...DAY, from: 600, to: 86_700 }],
    ['of another query', 'events of others', { ...DAY, to: 3_000 }],
  ])('is another one: %s', async (_, query, asked) => {
    const source = real();
    const remembering = new RememberingSource(source);
    await remembering.range('default', 'events', DAY);
    await remembering.range('default', query, asked);
    expect(source.asked).toHaveLength(2);
  });

  it('is asked by itself where the wider one failed', async () => {
    const source = new FakeSource([
      [
        'events',
        (asked) => {
          if (asked.to - asked.from > 3_600) throw new Error('too many samples');
          return [evaluated(asked, () => 1)];
        },
      ],
    ]);
    const remembering = new RememberingSource(source);
    await expect(remembering.range('default', 'events', DAY)).rejects.toThrow('too many');
    const [series] = await remembering.range('default', 'events', { ...DAY, to: 600 });
    expect(series?.at).toEqual([300, 600]);
  });
});
