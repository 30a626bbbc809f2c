import type { AlertView } from '../../../../src/alerting/alerts.dto';
import { troublesOf } from './troubles';

const alert = (
  slo: string,
  kind: AlertView['kind'],
  hour: number,
  over: Partial<AlertView> = {},
): AlertView => ({
  ...{ id: `${slo}${kind}${hour}`, alertname: 'SLOErrorBudgetBurn', slo, group: null, kind },
  ...{ severity: kind, tier: null, long: '1h', short: '5m', factor: 14.4, state: 'firing' },
  startedAt: `2026-11-30T${String(hour).padStart(2, '0')}:00:00Z`,
  ...{ endedAt: null, endedBy: null, burnLong: 20, burnShort: 30, heldBy: null },
  atStart: { burnLong: 20, burnShort: 30, bad: 1, total: 2, remainingRatio: 0.5 },
  ...{ atEnd: null, labels: {}, annotations: {} },
  ...over,
});

describe('what fires', () => {
  it('is told once of an SLO, by its most urgent alert, since the first of those began', () => {
    const [trouble] = troublesOf([
      alert('shop/a', 'ticket', 1),
      alert('shop/a', 'page', 4),
      alert('shop/a', 'page', 3),
    ]);
    expect(trouble).toMatchObject({ slo: 'shop/a', since: '2026-11-30T03:00:00Z', count: 3 });
    expect(trouble?.worst.kind).toBe('page');
  });

  it('begins with pages, then with what began last; what is kept back comes behind its kind', () => {
    const troubles = troublesOf([
      alert('shop/ticket', 'ticket', 9),
      alert('shop/held', 'page', 8, { heldBy: 'minEvents' }),
      alert('shop/early', 'page', 1),
      alert('shop/late', 'page', 2),
    ]);
    expect(troubles.map(({ slo }) => slo)).toEqual([
      ...['shop/late', 'shop/early', 'shop/held', 'shop/ticket'],
    ]);
  });

  it('begins, of tickets, with budgets that are spent', () => {
    const spent = { alertname: 'SLOErrorBudgetExhausted' } as const;
    const troubles = troublesOf([
      alert('shop/slow', 'ticket', 9),
      alert('shop/spent', 'ticket', 3, spent),
      alert('shop/spent', 'ticket', 4),
      alert('shop/paging', 'page', 2),
      alert('shop/paged-and-spent', 'page', 1),
      alert('shop/paged-and-spent', 'ticket', 1, spent),
    ]);
    expect(troubles.map(({ slo }) => slo)).toEqual([
      ...['shop/paging', 'shop/paged-and-spent', 'shop/spent', 'shop/slow'],
    ]);
  });

  it('is told of each group, whatever the order of its labels', () => {
    const troubles = troublesOf([
      alert('shop/a', 'page', 1, { group: { x: '1', y: '2' } }),
      alert('shop/a', 'page', 1, { group: { y: '2', x: '1' } }),
      alert('shop/a', 'page', 1, { group: { x: '2', y: '1' } }),
    ]);
    expect(troubles.map(({ count }) => count)).toEqual([2, 1]);
  });
});
