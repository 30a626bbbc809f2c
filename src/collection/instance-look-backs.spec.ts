import type { Counter } from '../promql/counter';
import { REASON_LABEL } from '../promql/delta';
import { parseSelector } from '../promql/selector';
import { notScraped, substepShape, withLookBacks } from './instance-look-backs';
import type { Series } from './series-source';

const counter: Counter = {
  selector: parseSelector('http_requests_total'),
  groupBy: [],
  identity: ['job', 'instance'],
  births: 'count',
};

function told(instance: string, reason: string, ...at: readonly number[]): Series {
  const labels = { job: 'api', instance, [REASON_LABEL]: reason };
  return { labels, at, values: at.map(() => 1) };
}

describe('instances that were not scraped just before', () => {
  it('are looked back for, each as far as it was away', () => {
    const reasons = [
      told('a', 'unscraped', 15),
      told('b', 'unscraped', 30),
      told('b', 'away', 30),
      told('c', 'stranger', 30),
    ];
    expect(notScraped(counter, reasons)).toEqual({
      unscraped: [
        ['api', 'a'],
        ['api', 'b'],
      ],
      away: [['api', 'b']],
      strangers: [['api', 'c']],
    });
  });

  it('are not those whose process had not begun', () => {
    const reasons = [
      told('a', 'unscraped', 15),
      told('a', 'away', 15),
      told('a', 'newborn', 15),
      told('b', 'unscraped', 15),
    ];
    expect(notScraped(counter, reasons)).toEqual({
      unscraped: [['api', 'b']],
      away: [],
      strangers: [],
    });
  });

  it('are those of them that failed to answer after that', () => {
    const reasons = [told('a', 'unscraped', 15, 45), told('a', 'newborn', 15)];
    expect(notScraped(counter, reasons).unscraped).toEqual([['api', 'a']]);
  });
});

describe('the look-backs of some instances', () => {
  it('are long for those that need it, and the others are read as usual', () => {
    const shape = substepShape(300, 15);
    const instances = ['a', 'b', 'c'].map((instance) => ['api', instance]);
    const away = [['api', 'b']];
    const read = withLookBacks(
      counter,
      counter,
      instances,
      { unscraped: away, away, strangers: [] },
      shape,
    );
    expect(
      read.map(([{ selector }, { seriesLookbackSeconds }]) => [
        selector.matchers.find(({ label }) => label === 'instance')?.value,
        seriesLookbackSeconds,
      ]),
    ).toEqual([
      ['a|c', 600],
      ['b', 7_200],
    ]);
  });
});
