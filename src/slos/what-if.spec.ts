import { startSlosApp, type SlosApp } from '../../test/support/slos-app';

describe('GET /slos/{id}/what-if', () => {
  let app: SlosApp;

  beforeAll(async () => {
    app = await startSlosApp();
  });

  afterAll(() => app.close());

  it('tells the budget by another objective, and the strictest one that was met', async () => {
    expect(await app.json('/slos/shop/api-errors/what-if?objective=99.9%25')).toMatchObject({
      slo: 'shop/api-errors',
      group: null,
      objective: '0.999',
      ownObjective: '0.995',
      budget: {
        objective: 0.999,
        events: { good: 718_560, bad: 1_440, total: 720_000 },
        budget: { allowedBad: 720, consumedRatio: 2, remainingRatio: -1 },
        status: 'exhausted',
      },
      alerts: { from: '2026-10-01T00:00:00Z', to: '2026-10-31T00:00:00Z' },
      strictestObjective: { objective: '0.998', remainingBad: 0, reason: null },
      strictestObjectiveThroughout: { objective: '0.998', remainingBad: 0, reason: null },
    });
  });

  it('tells the alerts that would have fired, tier by tier', async () => {
    // A burn of 2 all month is a ticket of the tier of three days, from when half of it is known.
    const { alerts } = (await app.json('/slos/shop/api-errors/what-if?objective=99.9%25')) as {
      alerts: { tiers: unknown[] };
    };
    expect(alerts).toMatchObject({
      pages: { count: 0, perMonth: 0, spentBeforeFirstRatio: null, spans: [] },
    });
    expect(alerts.tiers.at(-1)).toMatchObject({
      kind: 'ticket',
      severity: 'ticket',
      long: '3d',
      short: '6h',
      factor: 1,
      count: 1,
      firings: [{ from: '2026-10-02T12:00:00Z', to: null }],
    });
  });

  it('takes all groups together, or one', async () => {
    const all = await app.json('/slos/shop/by-endpoint/what-if');
    expect(all).toMatchObject({ group: null, strictestObjective: { objective: '0.995' } });
    const slow = await app.json('/slos/shop/by-endpoint/what-if?label.endpoint=/slow');
    expect(slow).toMatchObject({
      group: { endpoint: '/slow' },
      strictestObjective: { objective: '0.99' },
    });
    const cars = await app.json('/slos/shop/by-endpoint/what-if?label.endpoint=/cars');
    expect(cars).toMatchObject({
      strictestObjective: {
        objective: null,
        remainingBad: null,
        reason: 'no event was bad, so that every objective was met',
      },
    });
  });

  it('judges missing time as the SLO does', async () => {
    // Three days of thirty were not seen and count as bad.
    expect(await app.json('/slos/mail/uptime/what-if')).toMatchObject({
      strictestObjective: { objective: '0.9', remainingBad: 0 },
    });
  });

  it('has nulls with a reason before anything is collected', async () => {
    expect(await app.json('/slos/mail/fresh/what-if')).toMatchObject({
      budget: { sli: null, reason: 'nothing has been collected yet' },
      alerts: { pages: { count: 0, perMonth: null, spentBeforeFirstRatio: null } },
      strictestObjective: { objective: null, reason: 'no event was counted' },
    });
  });

  it.each([
    ['objective=1', 'objective is "1"'],
    ['objective=99.9', 'was 99.9% meant?'],
    ['from=2026-10-31T00:00:00Z&to=2026-10-30T00:00:00Z', 'an instant before "to"'],
    ['from=2026-01-01T00:00:00Z', 'by 100 days at most'],
    ['to=2027-01-01T00:00:00Z', 'an instant that has passed'],
    ['at=2026-10-01T00:00:00Z', 'no such field'],
    ['label.colour=red', 'none, since shop/api-errors has no groups'],
  ])('refuses %s', async (query, message) => {
    const problem = await app.json(`/slos/shop/api-errors/what-if?${query}`, 422);
    expect(JSON.stringify(problem)).toContain(JSON.stringify(message).slice(1, -1));
  });

  it('does not know of groups that were never seen', async () => {
    const path = '/slos/shop/by-endpoint/what-if?label.endpoint=/none';
    expect(await app.json(path, 404)).toMatchObject({ status: 404 });
  });
});
