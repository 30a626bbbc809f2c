import { type SlosApp, startSlosApp } from '../../test/support/slos-app';
import type { Problem } from '../http/problem';
import type { SloPage } from './view-types';

let app: SlosApp;

beforeAll(async () => {
  app = await startSlosApp();
});

afterAll(async () => {
  await app.close();
});

async function list(query: string): Promise<SloPage> {
  return (await app.json(`/slos${query}`)) as SloPage;
}

async function refused(path: string, status = 422): Promise<Problem> {
  return (await app.json(path, status)) as Problem;
}

/** The rows of a list as `service/name` and group. */
async function listed(query: string): Promise<readonly string[]> {
  const { items } = await list(query);
  return items.map(({ slo, group }) => slo + Object.values(group ?? {}).join());
}

const FRESH = 'mail/fresh';
const UPTIME = 'mail/uptime';
const WORKED = 'shop/api-errors';
const CARS = 'shop/by-endpoint/cars';
const SLOW = 'shop/by-endpoint/slow';

describe('GET /slos', () => {
  it.each([
    ['', [FRESH, UPTIME, WORKED, CARS, SLOW]],
    ['?sort=-name', [SLOW, CARS, WORKED, UPTIME, FRESH]],
    ['?sort=remaining', [SLOW, UPTIME, WORKED, CARS, FRESH]],
    ['?sort=-remaining', [CARS, WORKED, UPTIME, SLOW, FRESH]],
    ['?sort=burn', [CARS, WORKED, UPTIME, SLOW, FRESH]],
    ['?sort=-burn', [UPTIME, SLOW, WORKED, CARS, FRESH]],
    ['?sort=status', [FRESH, UPTIME, SLOW, WORKED, CARS]],
    ['?service=mail', [FRESH, UPTIME]],
    ['?team=ops', [UPTIME]],
    ['?status=no_data', [FRESH, UPTIME]],
    ['?status=exhausted', [SLOW]],
    ['?label.tier=1', [WORKED]],
    ['?label.endpoint=/slow', [SLOW]],
    ['?label.endpoint=/slow&label.tier=1', []],
    ['?label.constructor=x', []],
    ['?q=CARS', [CARS, SLOW]],
    ['?q=/slow', [SLOW]],
    ['?q=nothing+like+it', []],
    ['?service=shop&sort=-remaining&limit=2', [CARS, WORKED]],
  ])('%s lists %j', async (query, rows) => {
    expect(await listed(query)).toEqual(rows);
  });

  it('pages through all rows once, in order', async () => {
    const rows: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const after: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page: SloPage = await list(`?limit=2&sort=remaining${after}`);
      rows.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
      pages += 1;
    } while (cursor !== null);
    expect(pages).toBe(3);
    expect(rows).toEqual(['by-endpoint', 'uptime', 'api-errors', 'by-endpoint', 'fresh']);
  });

  it('shows an SLO of which nothing was collected yet, with the reason', async () => {
    const { items } = await list('?q=fresh');
    expect(items).toMatchObject([
      { status: 'no_data', sli: null, reason: 'nothing has been collected yet' },
    ]);
  });

  it.each([
    ['?sort=best', 'sort'],
    ['?status=fine', 'status'],
    ['?limit=0', 'limit'],
    ['?limit=1001', 'limit'],
    ['?limit=many', 'limit'],
    ['?cursor=nonsense', 'cursor'],
    ['?label.a=1&label.a=2', 'label.a'],
    ['?colour=red', 'colour'],
    ['?q=', 'q'],
  ])('%s is refused, naming %s', async (query, field) => {
    const problem = await refused(`/slos${query}`);
    expect(problem.errors).toEqual([expect.objectContaining({ field })]);
    expect(problem.errors?.[0]?.allowed).not.toBe('');
  });

  it('gives each row its last 30 days where that is asked for', async () => {
    const { items } = await list('?include=sparkline&service=shop');
    const [worked] = items;
    expect(worked?.sparkline).toMatchObject({ from: '2026-10-02' });
    // It is midnight: nothing is known of today, and the budget is that of the 30 days before.
    expect(worked?.sparkline?.sli).toEqual([...Array<number>(29).fill(0.998), null]);
    expect(worked?.sparkline?.remainingRatio.at(-1)).toBe(0.6);
    expect(items.map(({ sparkline }) => sparkline?.sli[5])).toEqual([0.998, 1, 0.99]);
    expect((await list('?service=shop')).items[0]).not.toHaveProperty('sparkline');
  });
});
