import { type Choice, readChoice, sortText } from './choice';
import { chosenRows, groupedRows, naturalGrouping } from './chosen-rows';
import { patched, type Row, silentSeconds } from './rows';

const row = (key: string, over: Partial<Row> = {}): Row => ({
  ...{ key, slo: key, service: key.split('/')[0] ?? '', name: key.split('/')[1] ?? '' },
  ...{ group: null, team: null, description: null, objective: 0.99, window: '30d' },
  ...{ status: 'healthy', sli: 0.999, remainingRatio: 0.9, remainingSeconds: 900 },
  coverage: { ratio: 1, remainingRatioWorst: 0.9, remainingRatioBest: 0.9 },
  ...{ burnRate: 0.1, firing: 0, paging: 0, sparkline: undefined, reason: null },
  dataAgeSeconds: 0,
  ...over,
});

const ROWS = [
  row('shop/errors', { team: 'web', description: 'Answers without error' }),
  row('shop/latency', { team: 'web', status: 'critical', firing: 1, burnRate: 20 }),
  row('shop/cart', { team: 'web', status: 'critical', firing: 2, remainingRatio: 0.05 }),
  row('bank/pay', { team: 'core', status: 'exhausted', remainingRatio: -0.4, sli: 0.9 }),
  row('bank/login', { status: 'no_data', remainingRatio: null, sli: null, burnRate: null }),
  row('bank/by-way', { team: 'core', group: { way: '/a b' }, status: 'at_risk' }),
];

const choice = (query: string): Choice => readChoice(new URLSearchParams(query));
const keys = (query: string) => chosenRows(ROWS, choice(query)).map(({ key }) => key);

describe('the rows that are shown', () => {
  it('begin with what is worst, whatever nobody knows before what is well', () => {
    expect(keys('')).toEqual([
      ...['bank/pay', 'shop/cart', 'shop/latency', 'bank/by-way', 'bank/login', 'shop/errors'],
    ]);
  });

  it('tell for how long there has been no data, unless they tell a reason', () => {
    const lost = { status: 'no_data', dataAgeSeconds: 3_120 } as const;
    expect(silentSeconds(row('shop/errors', lost))).toBe(3_120);
    expect(silentSeconds(row('shop/errors', { ...lost, remainingRatio: null }))).toBeNull();
    expect(silentSeconds(row('shop/errors', { ...lost, status: 'healthy' }))).toBeNull();
  });

  it.each([
    ['q=SHOP', ['shop/cart', 'shop/latency', 'shop/errors']],
    ['q=answers+shop', ['shop/errors']],
    ['q=way%3D%2Fa', ['bank/by-way']],
    ['q=nothing', []],
    ['status=critical,no_data,nonsense', ['shop/cart', 'shop/latency', 'bank/login']],
    ['service=bank&team=core', ['bank/pay', 'bank/by-way']],
    ['service=bank&sort=name', ['bank/by-way', 'bank/login', 'bank/pay']],
    ['service=bank&sort=-name', ['bank/pay', 'bank/login', 'bank/by-way']],
    ['service=bank&sort=sli', ['bank/pay', 'bank/by-way', 'bank/login']],
    ['service=bank&sort=-sli', ['bank/by-way', 'bank/pay', 'bank/login']],
    ['team=web&sort=burn', ['shop/latency', 'shop/cart', 'shop/errors']],
  ])('of %s are %j', (query, wanted) => {
    expect(keys(query)).toEqual(wanted);
  });

  it('stand under their teams, the team of the worst first, those of none together', () => {
    expect(groupedRows(chosenRows(ROWS, choice('')), 'team').map(({ name }) => name)).toEqual([
      ...['core', 'web', null],
    ]);
    expect(groupedRows([], 'none')).toEqual([]);
  });

  it('stand under services where there are several of one', () => {
    expect(naturalGrouping(ROWS)).toBe('service');
    expect(naturalGrouping(['a/x', 'b/x', 'c/x'].map((key) => row(key)))).toBe('none');
  });
});

describe('a column that is chosen', () => {
  it('sorts, and turns round when it is chosen again', () => {
    expect(sortText(choice(''), 'burn')).toBe('burn');
    expect(sortText(choice('sort=burn'), 'burn')).toBe('-burn');
    expect(sortText(choice('sort=-burn'), 'burn')).toBe('burn');
    expect(choice('sort=nonsense')).toMatchObject({ sort: 'worst', isDown: false });
  });
});

describe('a row that is told anew', () => {
  const status: Row['status'] = 'at_risk';
  const news = { slo: 'shop/errors', group: null, status, firing: 2, paging: 1 };

  it('keeps its time in step with its share', () => {
    const told = patched(row('shop/errors'), {
      ...news,
      sli: 0.99,
      remainingRatio: 0.3,
      burnRate: 4,
    });
    expect(told).toMatchObject({ remainingRatio: 0.3, burnRate: 4, status: 'at_risk' });
    expect([told.firing, told.paging]).toEqual([2, 1]);
    expect(told.remainingSeconds).toBeCloseTo(300, 9);
  });

  it('knows no time where there is no share', () => {
    const lost = { ...news, sli: null, remainingRatio: null, burnRate: null };
    expect(patched(row('shop/errors'), lost).remainingSeconds).toBeNull();
    const before = row('shop/errors', { remainingRatio: null, reason: 'nothing collected' });
    expect(patched(before, { ...lost, remainingRatio: 1 })).toMatchObject({
      ...{ remainingSeconds: null, reason: null },
    });
  });
});
