import { type SlosApp, startSlosApp } from '../../test/support/slos-app';
import type { Problem } from '../http/problem';
import type { BurnRatesView, HistoryView, SloView } from './view-types';

let app: SlosApp;

beforeAll(async () => {
  app = await startSlosApp();
});

afterAll(async () => {
  await app.close();
});

const DAY = 86_400;

async function burnOf(path: string): Promise<BurnRatesView> {
  return (await app.json(path)) as BurnRatesView;
}

async function historyOf(path: string): Promise<HistoryView> {
  return (await app.json(path)) as HistoryView;
}

async function refused(path: string, status = 422): Promise<Problem> {
  return (await app.json(path, status)) as Problem;
}

describe('GET /slos/{id}', () => {
  it('is the definition with its place, and the latest figures, a row per group', async () => {
    const told = (await app.json('/slos/shop/by-endpoint')) as SloView;
    expect(told).toMatchObject({
      slo: 'shop/by-endpoint',
      description: 'Cars and more',
      definition: { file: 'slos/shop.yaml', line: 4, stale: false, groupBy: ['endpoint'] },
    });
    expect(told.figures.map(({ group }) => group)).toEqual([
      { endpoint: '/cars' },
      { endpoint: '/slow' },
    ]);
  });
});

describe('an SLO that is not defined any more', () => {
  it('is not there, and the answer says how to see it', async () => {
    expect((await refused('/slos/shop/gone', 404)).detail).toBe(
      'shop/gone was retired at 2026-10-30T00:00:00Z; ?retired=true shows what it was',
    );
    expect((await refused('/slos/shop/unread?retired=true', 404)).detail).toBe(
      'shop/unread was retired at 2026-10-30T00:00:00Z',
    );
  });

  it('is told as it was last, without figures of today', async () => {
    expect(await app.json('/slos/shop/gone?retired=true')).toMatchObject({
      slo: 'shop/gone',
      retiredAt: '2026-10-30T00:00:00Z',
      definition: { file: 'history:shop/gone', objective: '0.99', stale: true },
      figures: [],
    });
  });

  it('has the budget it had when it went, and its history', async () => {
    expect(await app.json('/slos/shop/gone/budget?retired=true')).toMatchObject({
      at: '2026-10-30T00:00:00Z',
      sli: 0.99,
      budget: { remainingRatio: expect.closeTo(0, 9) as number },
    });
    const { points } = await historyOf(
      '/slos/shop/gone/history?retired=true&step=1d&from=2026-10-28T00:00:00Z',
    );
    expect(points.map(({ total }) => total)).toEqual([2400, 2400, 0]);
  });

  it('is found under its earlier name, too', async () => {
    expect(await app.json('/slos/shop/before')).toMatchObject({
      slo: 'shop/api-errors',
      retiredAt: null,
    });
    expect(await app.json('/slos/shop/before/budget')).toMatchObject({
      slo: 'shop/api-errors',
      sli: 0.998,
    });
  });
});

describe('GET /slos/{id}/burn-rates', () => {
  it('tells every window and tier', async () => {
    const told = await burnOf('/slos/shop/api-errors/burn-rates');
    expect(Object.keys(told.windows)).toEqual(['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d']);
    expect(told.windows['6h']).toEqual({
      burnRate: 0.4,
      bad: 12,
      total: 6000,
      coverage: 1,
      raw: { burnRate: 0.4, bad: 12, total: 6000 },
      reason: null,
    });
    expect(told.alerts[0]).toEqual({
      kind: 'page',
      severity: 'page',
      long: '1h',
      short: '5m',
      factor: 14.4,
      firing: false,
      since: null,
    });
  });

  it('tells null with a reason where too little was seen', async () => {
    const told = await burnOf('/slos/mail/fresh/burn-rates');
    expect(told.windows['1h']).toEqual({
      burnRate: null,
      bad: 0,
      total: 0,
      coverage: 0,
      raw: { burnRate: null, bad: 0, total: 0 },
      reason: 'the source was seen in 0 % of the last 1h, less than half',
    });
  });
});

describe('GET /slos/{id}/history', () => {
  const history = '/slos/shop/api-errors/history';

  it('is the window that ends now in about 200 points, unless told', async () => {
    const told = await historyOf(history);
    expect(told).toMatchObject({ slo: 'shop/api-errors', group: null, step: '4h' });
    expect(told.points).toHaveLength(180);
    expect(told.points[0]?.t).toBe('2026-10-01T04:00:00Z');
    expect(told.points.at(-1)).toEqual({
      t: '2026-10-31T00:00:00Z',
      good: 3992,
      total: 4000,
      sli: 0.998,
      remainingRatio: 0.6,
      burnRate: 0.4,
      coverage: 1,
      raw: { good: 3992, total: 4000, sli: 0.998, remainingRatio: 0.6 },
    });
  });

  it('of what is asked for', async () => {
    const told = await historyOf(
      `${history}?from=2026-10-10T00:00:00Z&to=2026-10-10T06:00:00Z&step=1h30m`,
    );
    expect(told.points.map(({ t }) => t)).toEqual([
      '2026-10-10T01:30:00Z',
      '2026-10-10T03:00:00Z',
      '2026-10-10T04:30:00Z',
      '2026-10-10T06:00:00Z',
    ]);
  });

  it('shows missing time judged, and raw beside it', async () => {
    const told = await historyOf('/slos/mail/uptime/history?from=2026-10-30T00:00:00Z&step=1d');
    expect(told.points).toEqual([
      {
        t: '2026-10-31T00:00:00Z',
        good: 0,
        total: DAY,
        sli: 0,
        remainingRatio: 0,
        burnRate: 10,
        coverage: 0,
        raw: { good: 0, total: 0, sli: null, remainingRatio: 1 },
      },
    ]);
  });

  it('has the burn of rolling windows as the burn rates of each instant have it', async () => {
    // Six hours before nothing was seen any more, and six hours after.
    const span = 'from=2026-10-27T18:00:00Z&to=2026-10-28T06:00:00Z&step=1h';
    const { points } = await historyOf(`/slos/mail/uptime/history?${span}&windows=1h,6h,24h`);
    expect(points).toHaveLength(12);
    expect(points.map(({ burnRates }) => burnRates?.['1h'])).not.toContain(null);
    expect(new Set(points.map(({ burnRates }) => burnRates?.['6h'])).size).toBe(7);
    for (const { t, burnRate, burnRates } of points) {
      const { windows } = await burnOf(`/slos/mail/uptime/burn-rates?at=${t}`);
      expect(burnRates).toEqual({
        '1h': burnRate,
        '6h': windows['6h']?.burnRate,
        '1d': windows['1d']?.burnRate,
      });
    }
  });

  it.each([
    ['from=2026-10-31T00:00:00Z', 'from'],
    ['from=2026-10-20T00:00:00Z&to=2026-10-19T00:00:00Z', 'from'],
    ['to=2030-01-01T00:00:00Z', 'to'],
    ['step=7m', 'step'],
    ['step=1h5', 'step'],
    ['step=400d', 'step'],
    ['from=2025-01-01T00:00:00Z&step=5m', 'step'],
    ['step=0s', 'duration'],
    ['windows=7m', 'windows'],
    ['windows=1h,60m', 'windows'],
    ['windows=1h,', 'windows'],
    ['windows=91d', 'windows'],
    ['windows=1h,2h,3h,4h,5h,6h,7h,8h,9h', 'windows'],
  ])('%s is refused, naming %s', async (query, field) => {
    const problem = await refused(`${history}?${query}`);
    expect(problem.errors).toEqual([expect.objectContaining({ field })]);
  });
});
