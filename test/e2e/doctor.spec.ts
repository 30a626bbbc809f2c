import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requests, target } from '../support/doctor-worlds';
import { freshDatabase, type PostgresServer, startPostgres } from '../support/postgres';
import { type RunningPrometheus, startPrometheus } from '../support/prometheus';
import { remoteWriteSideBySide } from '../support/remote-write';
import { runDelivered, type RunningService, startService } from '../support/service';

const CLI = 'cli/main.js';

function text(bad: string): string {
  const total = 'http_requests_total{job="good"}';
  return [
    'apiVersion: slowburn/v1',
    'service: shop',
    `slos: [{ name: errors, objective: 99.9%, sli: { ratio: { total: '${total}', bad: '${bad}' } } }]`,
  ].join('\n');
}

describe('slowburn doctor', () => {
  let postgres: PostgresServer;
  let prometheus: RunningPrometheus;
  let service: RunningService;
  let home: string;
  let env: Readonly<Record<string, string>>;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'slowburn-doctor-'));
    [postgres, prometheus] = await Promise.all([startPostgres(), startPrometheus()]);
    await remoteWriteSideBySide(prometheus.url, [...target('good'), ...requests('good')]);
    await writeFile(join(home, 'good.yaml'), text('http_requests_total{job="good",code=~"5.."}'));
    env = {
      DATABASE_URL: await freshDatabase(postgres),
      PROMETHEUS_URL: prometheus.url,
      SLO_DIR: home,
    };
    service = await startService({ env });
  }, 120_000);

  afterAll(async () => {
    await service.stop();
    await prometheus.dispose();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  it('finds nothing wrong with a sound installation', async () => {
    const own = { ...env, PORT: new URL(service.url).port, SLOWBURN_URL: service.url };
    const { code, stdout } = await runDelivered(own, CLI, ['doctor']);
    expect([code, stdout]).toEqual([0, '1 SLOs: nothing found\n']);
  });

  it('checks files against the sources without the service, place by place', async () => {
    const file = join(home, 'swapped.txt');
    await writeFile(file, text('http_requests_total{code="9"}'));
    const { code, stdout } = await runDelivered(env, CLI, ['doctor', file, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      slos: 1,
      unfinished: [],
      findings: [{ check: 'part-matches-nothing', slo: 'shop/errors', place: `${file}:3:8` }],
    });
    await writeFile(file, text('x_total').replace('http_requests_total', 'no_total'));
    const refused = await runDelivered(env, CLI, ['doctor', file]);
    expect([refused.code, refused.stdout]).toEqual([
      1,
      expect.stringContaining('no metric no_total exists'),
    ]);
  });

  it('tells what this machine shows when the service cannot be asked', async () => {
    const own = { ...env, SLOWBURN_URL: 'http://127.0.0.1:1', PORT: '0' };
    const { code, stdout } = await runDelivered(own, CLI, ['doctor']);
    expect(code).toBe(2);
    expect(stdout).toContain('service-unreachable');
    const refused = await runDelivered({ ...own, PORT: 'x' }, CLI, ['doctor']);
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('PORT is "x"')]);
  });
});
