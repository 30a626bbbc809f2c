import type { SentAlert } from '../alerting/alert-receiver';
import { messageOf } from './message';

const NOW = Date.UTC(2026, 10, 20, 12) / 1000;

function alert(over: Partial<SentAlert> = {}): SentAlert {
  return {
    labels: { alertname: 'SLOErrorBudgetBurn', service: 'shop', slo: 'api', endpoint: '/cart' },
    annotations: { summary: 'shop/api burns', runbook_url: 'https://r' },
    startsAt: NOW - 60,
    endsAt: NOW + 240,
    generatorUrl: 'http://slo/x',
    ...over,
  };
}

function told(...alerts: SentAlert[]) {
  return JSON.parse(messageOf(alerts, 'pager', 'http://slo', NOW).body) as unknown;
}

describe('a message to a webhook', () => {
  it('is worded as those of Alertmanager are', () => {
    expect(told(alert())).toEqual({
      version: '4',
      groupKey: '{}:{alertname="SLOErrorBudgetBurn", service="shop", slo="api"}',
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'pager',
      groupLabels: { alertname: 'SLOErrorBudgetBurn', service: 'shop', slo: 'api' },
      commonLabels: alert().labels,
      commonAnnotations: alert().annotations,
      externalURL: 'http://slo',
      alerts: [
        {
          status: 'firing',
          labels: alert().labels,
          annotations: alert().annotations,
          startsAt: '2026-11-20T11:59:00.000Z',
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: 'http://slo/x',
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      ],
    });
  });

  it('tells what has ended, and when', () => {
    expect(told(alert({ endsAt: NOW }))).toMatchObject({
      status: 'resolved',
      alerts: [{ status: 'resolved', endsAt: '2026-11-20T12:00:00.000Z' }],
    });
  });

  it('says of several what they have in common, and fires while one does', () => {
    const other = alert({ labels: { ...alert().labels, endpoint: '/pay' }, endsAt: NOW - 1 });
    expect(told(alert(), other)).toMatchObject({
      status: 'firing',
      commonLabels: { alertname: 'SLOErrorBudgetBurn', service: 'shop', slo: 'api' },
      alerts: [{ status: 'firing' }, { status: 'resolved' }],
    });
  });

  it('has one id for one piece of news, and another for the next', () => {
    const id = (at: number, over?: Partial<SentAlert>) =>
      messageOf([alert(over)], 'pager', 'http://slo', at).id;
    expect(id(NOW + 30, { endsAt: NOW + 300 })).toBe(id(NOW));
    expect(id(NOW, { endsAt: NOW })).not.toBe(id(NOW));
    expect(id(NOW, { startsAt: NOW - 61 })).not.toBe(id(NOW));
    expect(id(NOW, { labels: { alertname: 'other' } })).not.toBe(id(NOW));
  });
});
