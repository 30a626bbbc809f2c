import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { dashboards, fileText } from '../../deploy/grafana/src/dashboards';
import { INFINITY, UIDS } from '../../deploy/grafana/src/frame';

const DEPLOY = resolve(__dirname, '../../deploy');

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly { readonly refId: string }[];
}

interface Read {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
}

/** Panels that Grafana still draws. */
const CURRENT = ['stat', 'timeseries', 'state-timeline', 'bargauge', 'table', 'row'];
/** What Grafana itself puts into texts. */
const BUILT_IN = '__';

const FILES: readonly (readonly [string, Read])[] = Object.entries(dashboards()).map(
  ([file, dashboard]) => [file, JSON.parse(fileText(dashboard)) as Read],
);

describe('the dashboards', () => {
  it('are the files beside their sources: npm run grafana:build', () => {
    const folder = join(DEPLOY, 'grafana', 'dashboards');
    expect([...readdirSync(folder)].sort()).toEqual(FILES.map(([file]) => file).sort());
    for (const [file, dashboard] of Object.entries(dashboards())) {
      expect([file, readFileSync(join(folder, file), 'utf8') === fileText(dashboard)]).toEqual([
        file,
        true,
      ]);
    }
  });

  it('have names of their own', () => {
    expect(FILES.map(([, { uid }]) => uid).sort()).toEqual(Object.values(UIDS).sort());
    expect(new Set(FILES.map(([, { title }]) => title)).size).toBe(FILES.length);
  });

  it.each(FILES)('say of every panel what it shows, and in which unit: %s', (_, { panels }) => {
    for (const { type, title, description, fieldConfig, datasource, targets } of panels) {
      expect([title, CURRENT.includes(type)]).toEqual([title, true]);
      if (type === 'row') continue;
      expect([title, description?.endsWith('.')]).toEqual([title, true]);
      expect([title, fieldConfig?.defaults.unit]).toEqual([title, expect.any(String)]);
      expect([title, datasource?.uid]).toEqual([title, expect.stringMatching(/^\$\{\w+\}$/)]);
      const refs = (targets ?? []).map(({ refId }) => refId);
      expect([title, refs.length > 0 && new Set(refs).size === refs.length]).toEqual([title, true]);
    }
  });

  it.each(FILES)(
    'have panels that lie beside each other, each with a number: %s',
    (_, { panels }) => {
      const taken = new Map<string, number>();
      for (const { id, gridPos } of panels) {
        const { x, y, w, h } = gridPos;
        expect(x + w).toBeLessThanOrEqual(24);
        for (let row = y; row < y + h; row += 1) {
          for (let column = x; column < x + w; column += 1) {
            const cell = `${column}/${row}`;
            expect([cell, taken.get(cell)]).toEqual([cell, undefined]);
            taken.set(cell, id);
          }
        }
      }
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    },
  );

  it.each(FILES)('use no variable that does not stand above them: %s', (_, dashboard) => {
    const own = dashboard.templating.list.map(({ name }) => name);
    const text = JSON.stringify({ ...dashboard, title: '' });
    // In regular expressions `$1` is a group, and `$` the end.
    const used = [...text.matchAll(/\$\{([a-z_]\w*)|\$([a-z_]\w*)/gi)].map(([, a, b]) => a ?? b);
    const unknown = used.filter((name = '') => !own.includes(name) && !name.startsWith(BUILT_IN));
    expect([...new Set(unknown)]).toEqual([]);
  });

  it.each(FILES)('lead to dashboards that exist: %s', (_, dashboard) => {
    const led = [...JSON.stringify(dashboard).matchAll(/"\/d\/([\w-]+)/g)].map(([, uid]) => uid);
    const uids: readonly (string | undefined)[] = Object.values(UIDS);
    expect(led.filter((uid) => !uids.includes(uid))).toEqual([]);
  });
});

describe('what Grafana is provisioned with', () => {
  const read = (...path: readonly string[]) =>
    parse(readFileSync(join(DEPLOY, ...path), 'utf8')) as Readonly<Record<string, unknown>>;

  it('has the data sources that the dashboards ask for', () => {
    const { datasources } = read('grafana/provisioning/datasources/slowburn.yaml') as {
      readonly datasources: readonly { readonly type: string; readonly url: string }[];
    };
    expect(datasources.map(({ type }) => type)).toEqual(['prometheus', INFINITY.type]);
    expect(datasources.map(({ url }) => url.endsWith('/'))).toEqual([false, false]);
  });

  it('is mounted where Grafana and the provider look for it', () => {
    const { services } = read('docker-compose.yml') as {
      readonly services: { readonly grafana: { readonly volumes: readonly string[] } };
    };
    const mounts = services.grafana.volumes
      .filter((volume) => volume.startsWith('./'))
      .map((volume) => volume.split(':'));
    expect(mounts.filter(([from = '']) => !existsSync(join(DEPLOY, from)))).toEqual([]);
    const { providers } = read('grafana/provisioning/dashboards/slowburn.yaml') as {
      readonly providers: readonly { readonly options: { readonly path: string } }[];
    };
    const targets = mounts.map(([, to]) => to);
    expect(targets).toEqual(expect.arrayContaining(providers.map(({ options }) => options.path)));
  });

  it('knows Slowburn by the job that Prometheus scrapes it as', () => {
    const { scrape_configs: jobs } = read('prometheus/prometheus.yml') as {
      readonly scrape_configs: readonly {
        readonly job_name: string;
        readonly honor_labels?: true;
      }[];
    };
    expect(jobs.find(({ job_name: name }) => name === 'slowburn')).toMatchObject({
      honor_labels: true,
    });
  });
});
