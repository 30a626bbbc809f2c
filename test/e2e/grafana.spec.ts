import { dashboards } from '../../deploy/grafana/src/dashboards';
import type { InfinityQuery } from '../../deploy/grafana/src/infinity';
import {
  PYRRA_QUERIES,
  SLOTH_MONTH,
  SLOTH_QUERIES,
  SLOTH_VALUES,
  SLOTH_VARIABLES,
} from './foreign-dashboards';
import { keptForHours } from './grafana-kept';
import { interpolated } from './grafana-variables';
import { type Found, type GrafanaWorld, ROWS, startGrafanaWorld } from './grafana-world';

jest.setTimeout(180_000);

interface Target {
  readonly refId: string;
  readonly expr?: string;
  readonly instant?: boolean;
  readonly format?: string;
}

interface Asked {
  readonly file: string;
  readonly title: string;
  readonly type: string;
  readonly targets: readonly Target[];
}

/** The panels as Grafana reads them. */
const PANELS: readonly Asked[] = Object.entries(dashboards()).flatMap(([file, dashboard]) =>
  (JSON.parse(JSON.stringify(dashboard.panels)) as (Asked & { type: string })[])
    .filter(({ type }) => type !== 'row')
    .map(({ title, type, targets }) => ({ file, title, type, targets })),
);

const OF_PROMETHEUS = PANELS.filter(({ file }) => file !== 'rest.json');
const OF_REST = PANELS.filter(({ file }) => file === 'rest.json');

/** What stands above a dashboard when it is opened, and after a choice. */
const OPENED = {
  service: '.*',
  team: '.*',
  instance: '.*',
  labels: '',
  __rate_interval: '1m',
  __range: '3600s',
};
const ONE = { service: 'shop', slo: 'api-errors', group: 'slo!=""' };

let world: GrafanaWorld;
beforeAll(async () => {
  world = await startGrafanaWorld();
});
afterAll(async () => {
  await world.dispose();
});

function variablesOf(file: string): Readonly<Record<string, string>> {
  return file === 'slo.json' ? { ...OPENED, ...ONE } : OPENED;
}

async function answer(target: Target, values: Readonly<Record<string, string>>) {
  const query = interpolated(target.expr ?? '', values);
  const found = target.instant === true ? await world.ask(query) : await world.askOverTime(query);
  return { query, found };
}

describe('every panel of a dashboard', () => {
  it.each(OF_PROMETHEUS)('has data: $file, $title', async ({ file, targets }) => {
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) {
      const { query, found } = await answer(target, variablesOf(file));
      expect([query, found.length > 0]).toEqual([query, true]);
      expect([query, found.filter(({ value }) => !Number.isFinite(value))]).toEqual([query, []]);
    }
  });

  it.each(OF_PROMETHEUS.filter(({ file }) => file === 'slo.json'))(
    'has data of one group that is chosen: $title',
    async ({ targets }) => {
      const values = { ...OPENED, service: 'shop', slo: 'by-endpoint', group: 'endpoint="/cars"' };
      for (const target of targets) {
        const { query, found } = await answer(target, values);
        expect([query, found.length > 0]).toEqual([query, true]);
        expect(found.map(({ metric }) => metric['endpoint'] ?? '/cars')).not.toContain('/login');
      }
    },
  );

  it.each(OF_PROMETHEUS.filter(({ type, file }) => type === 'table' && file !== 'slo.json'))(
    'that is a table has a row for each SLO and group, however many replicas: $file',
    async ({ targets }) => {
      const rows = new Map<string, number>();
      for (const target of targets) {
        const { found } = await answer(target, OPENED);
        for (const { metric } of found) {
          const { __name__: _, ...labels } = metric;
          const row = JSON.stringify(Object.entries(labels).sort());
          rows.set(row, (rows.get(row) ?? 0) + 1);
        }
      }
      // Grafana merges rows that have the same labels: each has its value of every column.
      expect([...rows.values()]).toEqual(Array.from({ length: ROWS }, () => targets.length));
      expect([...rows.keys()].filter((row) => row.includes('shop-1:80'))).toHaveLength(1);
    },
  );

  it.each([
    ['tier="1"', 1],
    ['tier="2"', 0],
    ['slo=~"by-.*"', 4],
  ])('of a system has what further labels choose: %s', async (labels, count) => {
    const table = OF_PROMETHEUS.find(
      ({ file, type }) => file === 'system.json' && type === 'table',
    );
    for (const target of table?.targets ?? []) {
      const { query, found } = await answer(target, { ...OPENED, labels });
      expect([query, found.length]).toEqual([query, count]);
    }
  });

  it('counts and names a burning SLO, and does not count it twice', async () => {
    const panel = (title: string) =>
      OF_PROMETHEUS.find((each) => each.file === 'overview.json' && each.title === title);
    const value = async (title: string) =>
      (await answer(panel(title)?.targets[0] ?? { refId: 'A' }, OPENED)).found[0]?.value;
    expect(await value('SLOs')).toBe(ROWS);
    const counted = await Promise.all(
      ['No data', 'Exhausted', 'Critical', 'At risk'].map((status) => value(status)),
    );
    const { items } = await world.service.json<{ items: readonly { status: string }[] }>(
      '/api/v1/slos',
    );
    const told = ['no_data', 'exhausted', 'critical', 'at_risk'].map(
      (status) => items.filter((item) => item.status === status).length,
    );
    expect(counted).toEqual(told);
    expect(told.reduce((a, b) => a + b)).toBeGreaterThan(0);
  });
});

describe('the variables above the dashboards', () => {
  const queries = Object.entries(dashboards()).flatMap(([file, { templating }]) =>
    (templating.list ?? []).flatMap(({ name, definition, regex }) =>
      definition === undefined ? [] : [{ file, name, definition, regex }],
    ),
  );

  it('are there', () => {
    expect(queries.map(({ name }) => name).sort()).toEqual(
      ['group', 'instance', 'service', 'service', 'service', 'slo', 'team'].sort(),
    );
  });

  it.each(queries.filter(({ definition }) => definition.startsWith('label_values')))(
    'have values: $file, $name',
    async ({ definition }) => {
      const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(definition) ?? [];
      const match = new URLSearchParams({
        'match[]': interpolated(series, { service: 'shop', team: '.*' }),
      });
      const values = await world.api<string[]>(`label/${label}/values?${match.toString()}`);
      expect(values.length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['by-endpoint', ['endpoint="/cars"', 'endpoint="/login"']],
    ['api-errors', []],
  ])('have the groups of %s', async (slo, groups) => {
    const { definition = '', regex = '' } = queries.find(({ name }) => name === 'group') ?? {};
    const [, query = ''] = /^query_result\((.*)\)$/.exec(definition) ?? [];
    const found = await world.ask(interpolated(query, { service: 'shop', slo }));
    const pattern = new RegExp(regex.slice(1, -1));
    const values = found.map(asQueryResult).flatMap((text) => pattern.exec(text)?.[1] ?? []);
    expect([...values].sort()).toEqual(groups);
  });
});

describe('the dashboard over REST', () => {
  const rowsOf = async ({ url, root_selector: root }: InfinityQuery) => {
    const shown = {
      slo: 'shop/api-errors',
      '__from:date:iso': new Date(Date.now() - 86_400_000).toISOString(),
      '__to:date:iso': new Date().toISOString(),
    };
    const body = await world.service.json<unknown>(interpolated(url, shown));
    return at(body, root) as readonly unknown[];
  };

  it.each(OF_REST)('finds rows, and every field in some of them: $title', async ({ targets }) => {
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets as readonly unknown[] as readonly InfinityQuery[]) {
      const rows = await rowsOf(target);
      expect(rows.length).toBeGreaterThan(0);
      for (const { selector } of target.columns) {
        // An error or a reason is null while all is well; a field that is not there is undefined.
        const values = rows.map((row) => at(row, selector));
        expect([selector, values.includes(undefined)]).toEqual([selector, false]);
      }
    }
  });

  it('offers the SLOs to choose from', async () => {
    const list = dashboards()['rest.json']?.templating.list ?? [];
    const query = list.find(({ name }) => name === 'slo')?.query;
    const { infinityQuery } = query as unknown as { infinityQuery: InfinityQuery };
    const [text] = infinityQuery.columns;
    const slos = (await rowsOf(infinityQuery)).map((row) => at(row, text?.selector ?? ''));
    expect(slos).toContain('shop/uptime');
  });
});

describe('the links above the dashboards', () => {
  const urls = Object.values(dashboards()).flatMap(({ links }) =>
    (links ?? []).flatMap(({ url }) => (url?.startsWith('${slowburn}/') === true ? [url] : [])),
  );

  // The page of an SLO is the browser's: it is there once the service has a dashboard of its own.
  it.each([...new Set(urls)].filter((url) => !url.startsWith('${slowburn}/slos/')))(
    'lead to what the service has: %s',
    async (url) => {
      const path = interpolated(url, { ...ONE, slowburn: '' });
      expect((await world.service.get(path)).status).toBe(200);
    },
  );
});

describe('dashboards of others, on the compatible names', () => {
  const SLOS = ['api-errors', 'by-endpoint{endpoint=/cars}'];

  it.each(SLOS.flatMap((slo) => SLOTH_QUERIES.map((query) => [slo, query] as const)))(
    "have data as Sloth's: %s, %s",
    async (slo, query) => {
      const text = interpolated(query, { ...SLOTH_VARIABLES, service: 'shop', slo });
      expect([text, (await world.ask(text)).length > 0]).toEqual([text, true]);
    },
  );

  it.each(SLOTH_VALUES)("offer what Sloth's can choose from: %s, %s", async (series, label) => {
    const match = new URLSearchParams({ 'match[]': interpolated(series, { service: 'shop' }) });
    const values = await world.api<string[]>(`label/${label}/values?${match.toString()}`);
    expect(values).toContain(label === 'sloth_service' ? 'shop' : 'by-endpoint{endpoint=/cars}');
  });

  it.each(['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'])(
    "have Sloth's SLI over %s",
    async (window) => {
      const matchers = `sloth_id="shop-api-errors",sloth_window="${window}"`;
      const found = await world.ask(`slo:sli_error:ratio_rate${window}{${matchers}}`);
      expect(found).toHaveLength(1);
    },
  );

  it.each(PYRRA_QUERIES)("have data as Pyrra's: %s", async (query) => {
    for (const slo of SLOS) {
      const text = interpolated(query, { slo: `shop/${slo}`, __rate_interval: '1m' });
      expect([text, (await world.ask(text)).length > 0]).toEqual([text, true]);
    }
  });

  it.each(SLOS)("burn down Sloth's month, of which some hours were kept: %s", async (slo) => {
    const page = await (await world.service.get('/metrics')).text();
    const kept = await keptForHours(page, 'slo:sli_error:ratio_rate1h', 'slo:error_budget:ratio');
    try {
      const month = { '__to:date:M': String(new Date().getUTCMonth() + 1) };
      const found = await kept.ask(interpolated(SLOTH_MONTH, { ...month, service: 'shop', slo }));
      expect(found).toHaveLength(1);
      expect(found[0]).toBeLessThan(1);
    } finally {
      await kept.dispose();
    }
  });
});

/** As Grafana shows the rows of `query_result`. */
function asQueryResult({ metric, value }: Found): string {
  const labels = Object.entries(metric).map(([name, text]) => `${name}="${text}"`);
  return `{${labels.join(',')}} ${value} 0`;
}

/** What stands at a path with dots. */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((of, key) => (of as Readonly<Record<string, unknown>> | null)?.[key], value);
}
