import { type SlosApp, startSlosApp } from '../../test/support/slos-app';
import type { Problem } from '../http/problem';
import type { BudgetView } from './view-types';

let app: SlosApp;

beforeAll(async () => {
  app = await startSlosApp();
});

afterAll(async () => {
  await app.close();
});

const DAY = 86_400;

async function budgetOf(path: string): Promise<BudgetView> {
  return (await app.json(path)) as BudgetView;
}

async function refused(path: string, status = 422): Promise<Problem> {
  return (await app.json(path, status)) as Problem;
}

describe('GET /slos/{id}/budget', () => {
  it('is the contract in JSON', async () => {
    expect(await budgetOf('/slos/shop/api-errors/budget')).toEqual({
      slo: 'shop/api-errors',
      group: null,
      at: '2026-10-31T00:00:00Z',
      objective: 0.995,
      window: {
        kind: 'rolling',
        duration: '30d',
        from: '2026-10-01T00:00:00Z',
        to: '2026-10-31T00:00:00Z',
      },
      events: { good: 718_560, bad: 1_440, total: 720_000 },
      sli: 0.998,
      budget: {
        ratio: 0.005,
        allowedBad: 3600,
        consumedRatio: 0.4,
        remainingRatio: 0.6,
        remainingBad: 2160,
        totalSeconds: 12_960,
        consumedSeconds: 5_184,
        remainingSeconds: 7_776,
      },
      coverage: { ratio: 1, remainingRatioWorst: 0.6, remainingRatioBest: 0.6 },
      raw: { sli: 0.998, remainingRatio: 0.6 },
      exclusions: [],
      status: 'healthy',
      reason: null,
    });
  });

  it('for another objective, written as a percentage or a ratio', async () => {
    for (const objective of ['99.8%25', '0.998']) {
      const { objective: asked, budget } = await budgetOf(
        `/slos/shop/api-errors/budget?objective=${objective}`,
      );
      expect([asked, budget.remainingRatio, budget.totalSeconds]).toEqual([0.998, 0, 5_184]);
    }
  });

  it('floors the instant to the minute, to five minutes once it is an hour old', async () => {
    const at = async (iso: string) =>
      (await budgetOf(`/slos/shop/api-errors/budget?at=${encodeURIComponent(iso)}`)).at;
    expect(await at('2026-10-30T23:58:59Z')).toBe('2026-10-30T23:58:00Z');
    expect(await at('2026-10-30T20:58:59Z')).toBe('2026-10-30T20:55:00Z');
    expect(await at('2026-10-30T22:57:00.5+02:00')).toBe('2026-10-30T20:55:00Z');
    // The last step that was due answers for the seconds after it.
    expect(await at('2026-10-31T00:00:40Z')).toBe('2026-10-31T00:00:00Z');
  });

  it('before the first point is null with a reason, never 0', async () => {
    const told = await budgetOf('/slos/shop/api-errors/budget?at=2026-09-01T00:00:00Z');
    expect(told).toMatchObject({
      status: 'no_data',
      sli: null,
      budget: {
        allowedBad: null,
        consumedRatio: null,
        remainingRatio: null,
        remainingSeconds: null,
      },
      coverage: { ratio: 0, remainingRatioWorst: null, remainingRatioBest: null },
      reason: "the ledger's first point is at 2026-10-01T00:00:00.000Z",
    });
  });

  it('of a grouped SLO is for all groups together, or for the one that is chosen', async () => {
    const all = await budgetOf('/slos/shop/by-endpoint/budget');
    expect(all).toMatchObject({ group: null, events: { bad: 720, total: 144_000 } });
    const slow = await budgetOf('/slos/shop/by-endpoint/budget?label.endpoint=/slow');
    expect(slow).toMatchObject({
      group: { endpoint: '/slow' },
      events: { bad: 720, total: 72_000 },
    });
  });

  it('counts missing time as the definition says, and shows it without', async () => {
    const told = await budgetOf('/slos/mail/uptime/budget');
    expect(told).toMatchObject({
      events: { good: 27 * DAY, bad: 3 * DAY, total: 30 * DAY },
      sli: 0.9,
      budget: { remainingRatio: 0 },
      raw: { sli: 1, remainingRatio: 1 },
      coverage: { ratio: 0.9, remainingRatioWorst: 0, remainingRatioBest: 1 },
    });
  });

  it.each([
    ['at=2026-10-31T00:00:41Z', 'at', /passed, up to 2026-10-31T00:00:40.000Z/],
    ['at=2027-01-01T00:00:00Z', 'at', /passed/],
    ['at=yesterday', 'at', /RFC 3339/],
    ['at=2026-10-05', 'at', /RFC 3339/],
    ['at=2026-W41', 'at', /RFC 3339/],
    ['at=2026-10-05T12:00:00', 'at', /with its zone/],
    ['at=2026-09-31T12:00:00Z', 'at', /RFC 3339/],
    ['at=2026-10-05T12:00:60Z', 'at', /RFC 3339/],
    ['at=1&at=2', 'at', /RFC 3339/],
    ['objective=1', 'objective', /between 0 and 1/],
    ['objective=100%25', 'objective', /between 0 and 1/],
    ['objective=99.9', 'objective', /was 99.9% meant/],
    ['objective=NaN', 'objective', /between 0 and 1/],
    ['objective=', 'objective', /between 0 and 1/],
    ['window=7d', 'window', /no such field/],
  ])('%s is refused, naming %s and what is allowed', async (query, field, allowed) => {
    const problem = await refused(`/slos/shop/api-errors/budget?${query}`);
    expect(problem).toMatchObject({ status: 422, title: 'Invalid input' });
    expect(problem.errors).toEqual([
      expect.objectContaining({ field, allowed: expect.stringMatching(allowed) }),
    ]);
  });

  it.each([
    ['/slos/shop/nothing/budget', 'its SLOs are: api-errors, by-endpoint'],
    ['/slos/shops/api-errors/budget', 'the services are: mail, shop'],
    ['/slos/shop/nothing', 'its SLOs are: api-errors, by-endpoint'],
    ['/slos/shop/nothing/burn-rates', 'its SLOs are: api-errors, by-endpoint'],
    ['/slos/shop/nothing/history', 'its SLOs are: api-errors, by-endpoint'],
    ['/slos/shop/by-endpoint/budget?label.endpoint=/boats', '{"endpoint":"/boats"}'],
  ])('%s is not found, and the answer says what there is', async (path, hint) => {
    const problem = await refused(path, 404);
    expect(problem.detail).toContain(hint);
    expect(problem.requestId).toBeDefined();
  });

  it.each([
    ['/slos/shop/api-errors/budget?label.endpoint=/x', 'label.endpoint', 'has no groups'],
    ['/slos/shop/by-endpoint/budget?label.path=/x', 'label.path', 'all of label.endpoint'],
  ])('%s asks for a label there is not', async (path, field, allowed) => {
    const problem = await refused(path);
    expect(problem.errors).toEqual([
      expect.objectContaining({ field, allowed: expect.stringContaining(allowed) }),
    ]);
  });
});
