import { execFileSync } from 'node:child_process';
import { Module } from '@nestjs/common';
import { figuresOf, START } from '../../test/support/figures';
import { type RunningHttpApp, startHttpApp } from '../../test/support/http-app';
import { promtoolBinary } from '../../test/support/prometheus';
import { sloWith } from '../../test/support/slos';
import { CollectionMonitor, type CollectionStatus } from '../collection/collection-status';
import { type Definitions, DefinitionRegistry } from '../definitions/registry';
import { Board } from '../evaluation/board';
import { MetricsController } from './metrics.controller';
import { MetricsPage } from './metrics-page';

const STATUS: CollectionStatus = {
  slos: 2,
  streams: 3,
  queriesPerTick: 7,
  queries: [],
  lagSeconds: 0,
  missedSteps: 1,
  backfill: { done: 100, total: 200 },
  sources: [
    {
      name: 'de"fault',
      up: true,
      lagSeconds: 0,
      clockSkewSeconds: null,
      error: null,
      queries: { success: 12, unavailable: 1 },
    },
    { name: 'new', up: null, lagSeconds: null, clockSkewSeconds: null, error: null, queries: {} },
  ],
  warnings: [],
  failures: [{ slo: 'a/b', message: 'no' }],
  lastTickAt: START,
  lastTickSeconds: 0.5,
  stepsWritten: 90,
  retriedSteps: 2,
  amendedSteps: 0,
  leasesHeld: 2,
  flaggedSteps: { gap: 3 },
};

class FakeMonitor extends CollectionMonitor {
  broken = false;

  async status(): Promise<CollectionStatus> {
    if (this.broken) throw new Error('the database is away');
    return STATUS;
  }
}

class FixedRegistry extends DefinitionRegistry {
  current(): Definitions {
    const place = { file: 'a.yaml', line: 1, column: 1 };
    return {
      defined: [],
      problems: [{ severity: 'warning', place, path: 'slos[0]', message: 'hm' }],
    };
  }

  onChange(): () => void {
    return () => {};
  }
}

describe('GET /metrics', () => {
  const board = new Board();
  const monitor = new FakeMonitor();
  const settings = {
    labels: [],
    compatibility: [],
    version: '1.2.3',
    deliveries: () => [
      { receiver: 'am-1:9093', delivered: 12, failed: 3, up: false },
      { receiver: 'pager', delivered: 0, failed: 0, up: null },
    ],
    reportDeliveries: () => [
      { target: 'archive', delivered: 2, failed: 1, pending: 3, up: true },
      { target: 'customer', delivered: 0, failed: 0, pending: 0, up: null },
    ],
  };
  const metricsPage = new MetricsPage(board, monitor, new FixedRegistry(), settings);
  let app: RunningHttpApp;

  beforeAll(async () => {
    @Module({
      controllers: [MetricsController],
      providers: [{ provide: MetricsPage, useValue: metricsPage }],
    })
    class Metrics {}
    app = await startHttpApp(Metrics);
  });

  afterAll(async () => {
    await app.close();
  });

  beforeEach(async () => {
    monitor.broken = false;
    const figures = await figuresOf(sloWith(), (s) =>
      s.until(START + 86_400, 3600, { good: 9, bad: 1 }),
    );
    board.replace({ figures: [figures], evaluatedAt: START, evaluationSeconds: 0.01 });
  });

  const text = async (accept?: string) => {
    const answer = await app.get('/metrics', accept === undefined ? {} : { accept });
    expect(answer.status).toBe(200);
    return { type: answer.headers.get('content-type'), body: await answer.text() };
  };

  it('tells how the receivers of alerts are doing, and nothing of those that were not needed', async () => {
    const { body } = await text();
    expect(body).toContain(
      'slowburn_alerts_sent_total{receiver="am-1:9093",outcome="delivered"} 12\n' +
        'slowburn_alerts_sent_total{receiver="am-1:9093",outcome="failed"} 3\n' +
        'slowburn_alerts_sent_total{receiver="pager",outcome="delivered"} 0\n',
    );
    expect(body).toContain('\nslowburn_alert_receiver_up{receiver="am-1:9093"} 0\n');
    expect(body).not.toContain('slowburn_alert_receiver_up{receiver="pager"}');
  });

  it('tells how closed reports are delivered', async () => {
    const { body } = await text();
    expect(body).toContain(
      'slowburn_report_deliveries_total{target="archive",outcome="delivered"} 2\n' +
        'slowburn_report_deliveries_total{target="archive",outcome="failed"} 1\n',
    );
    expect(body).toContain('\nslowburn_report_deliveries_pending{target="archive"} 3\n');
    expect(body).toContain('\nslowburn_report_target_up{target="archive"} 1\n');
    expect(body).not.toContain('slowburn_report_target_up{target="customer"}');
  });

  it('is a page that promtool has nothing to say about', async () => {
    const { type, body } = await text();
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    const told = execFileSync(promtoolBinary(), ['check', 'metrics'], {
      input: body,
      stdio: 'pipe',
    });
    expect(told.toString()).toBe('');
    expect(body).toContain('\nslo_objective_ratio{service="shop",slo="api-errors"} 0.999\n');
    expect(body).toContain('\nprocess_cpu_seconds_total ');
  });

  it('is OpenMetrics for whom accepts it, ended once', async () => {
    const { type, body } = await text(
      'application/openmetrics-text; version=1.0.0,text/plain;q=0.5',
    );
    expect(type).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(body.match(/# EOF/g)).toHaveLength(1);
    expect(body.endsWith('# EOF\n')).toBe(true);
    expect(body).toContain('# TYPE slowburn_missed_steps counter\nslowburn_missed_steps_total 1\n');
  });

  it('tells how the service does, leaving out what it does not know', async () => {
    const { body } = await text();
    const own = body
      .split('\n')
      .filter((line) => /^slowburn_(queries|datasource|defin|ledger)/.test(line));
    expect(own).toEqual([
      'slowburn_definition_problems{severity="error"} 0',
      'slowburn_definition_problems{severity="warning"} 1',
      'slowburn_ledger_up 1',
      'slowburn_queries_total{datasource="de\\"fault",outcome="success"} 12',
      'slowburn_queries_total{datasource="de\\"fault",outcome="unavailable"} 1',
      'slowburn_datasource_up{datasource="de\\"fault"} 1',
    ]);
  });

  it('stays while the database is away, and says so', async () => {
    monitor.broken = true;
    const { body } = await text();
    expect(body).toContain('\nslowburn_ledger_up 0\n');
    expect(body).not.toContain('slowburn_streams');
    expect(body).toContain(`\nslowburn_last_evaluation_timestamp_seconds ${START}\n`);
  });

  it('drops the series of an SLO with its figures', async () => {
    expect((await text()).body).toContain('slo="api-errors"');
    board.replace({ figures: [], evaluatedAt: START + 60, evaluationSeconds: 0.01 });
    expect((await text()).body).not.toContain('slo_');
  });
});
