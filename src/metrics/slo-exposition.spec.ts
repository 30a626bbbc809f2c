import { execFileSync } from 'node:child_process';
import { figuresOf, START } from '../../test/support/figures';
import { promtoolBinary } from '../../test/support/prometheus';
import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import type { Figures } from '../evaluation/figures';
import { Exposition, type ExpositionFormat, labelText } from './exposition';
import { SloExposition } from './slo-exposition';

const DAY = 86_400;

/** Figures of a month in which 99.8 % was achieved of 99.5 %. */
function monthOf(slo: Slo, group: Figures['group'] = null): Promise<Figures> {
  return figuresOf(slo, (stream) =>
    stream.until(START + 30 * DAY, 3600, { good: 998, bad: 2 }),
  ).then((figures) => ({ ...figures, group }));
}

function page(
  all: readonly Figures[],
  format: ExpositionFormat = 'prometheus',
  labels: string[] = [],
) {
  const out = new Exposition(format);
  new SloExposition(labels).write(out, all);
  return out.text();
}

/** Values of a metric by its labels as written. */
function samples(text: string, metric: string): Readonly<Record<string, number>> {
  const lines = text.split('\n').filter((line) => line.startsWith(`${metric}{`));
  return Object.fromEntries(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(metric.length, end), Number(line.slice(end + 1))];
    }),
  );
}

describe('the metrics of an SLO', () => {
  const slo = sloWith({ objective: '0.995', team: 'backend', description: 'No server errors' });
  const own = '{service="shop",slo="api-errors"}';

  it('are what the contract names, to the last digit', async () => {
    const text = page([await monthOf(slo)]);
    const value = (metric: string) => samples(text, metric)[own];
    expect({
      objective: value('slo_objective_ratio'),
      window: value('slo_window_seconds'),
      sli: value('slo_sli_ratio'),
      remaining: value('slo_error_budget_remaining_ratio'),
      consumed: value('slo_error_budget_consumed_ratio'),
      remainingSeconds: value('slo_error_budget_remaining_seconds'),
      good: value('slo_good_events_total'),
      total: value('slo_events_total'),
      coverage: value('slo_coverage_ratio'),
      age: value('slo_data_age_seconds'),
      status: value('slo_status'),
    }).toEqual({
      objective: 0.995,
      window: 2_592_000,
      sli: 0.998,
      remaining: 0.6,
      consumed: 0.4,
      remainingSeconds: 7_776,
      good: 718_560,
      total: 720_000,
      coverage: 1,
      age: 0,
      status: 4,
    });
    expect(Object.keys(samples(text, 'slo_burn_rate'))).toEqual(
      ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'].map(
        (window) => `{service="shop",slo="api-errors",window="${window}"}`,
      ),
    );
    expect(samples(text, 'slo_alert_firing')).toEqual({
      '{service="shop",slo="api-errors",severity="page",long="1h",short="5m"}': 0,
      '{service="shop",slo="api-errors",severity="page",long="6h",short="30m"}': 0,
      '{service="shop",slo="api-errors",severity="ticket",long="1d",short="2h"}': 0,
      '{service="shop",slo="api-errors",severity="ticket",long="3d",short="6h"}': 0,
    });
    expect(Object.keys(samples(text, 'slo_info'))).toEqual([
      '{service="shop",slo="api-errors",description="No server errors",team="backend",objective="0.995",window="30d"}',
    ]);
  });

  it('are absent where they cannot be known, while the rest exists', async () => {
    const text = page([await figuresOf(slo, (stream) => stream)]);
    for (const metric of ['slo_sli_ratio', 'slo_error_budget_remaining_ratio', 'slo_burn_rate']) {
      expect(text).not.toContain(metric);
    }
    expect(text).not.toContain('slo_data_age_seconds');
    expect(text).not.toMatch(/NaN|null|undefined/);
    expect(samples(text, 'slo_objective_ratio')).toEqual({ [own]: 0.995 });
    expect(samples(text, 'slo_events_total')).toEqual({ [own]: 0 });
  });

  it('of a page without SLOs are nothing', () => {
    expect(page([])).toBe('');
  });

  it('carry the labels of the group, and of the SLO those that are allowed', async () => {
    const labelled = sloWith({
      labels: { tier: '1', cost_centre: 'secret' },
      groupBy: ['endpoint'],
    });
    const text = page([await monthOf(labelled, { endpoint: '/cars' })], 'prometheus', ['tier']);
    expect(Object.keys(samples(text, 'slo_sli_ratio'))).toEqual([
      '{service="shop",slo="api-errors",endpoint="/cars",tier="1"}',
    ]);
    expect(text).not.toContain('secret');
  });

  it.each([
    [{ service: 'a' }, {}, 'group_service="a"'],
    [{ window: 'a', zone: 'b' }, {}, 'zone="b",group_window="a"'],
    [{ service: 'a', group_service: 'b' }, {}, 'group_service="b",group_group_service="a"'],
    [{ endpoint: 'a' }, { endpoint: 'b' }, 'endpoint="a",label_endpoint="b"'],
    [{ endpoint: 'a' }, { team: 'b' }, 'endpoint="a",label_team="b"'],
  ])('of group %j and labels %j step aside for ours', async (group, labels, written) => {
    const collided = sloWith({ labels, groupBy: Object.keys(group) });
    const text = page([await monthOf(collided, group)], 'prometheus', Object.keys(labels));
    expect(Object.keys(samples(text, 'slo_sli_ratio'))).toEqual([
      `{service="shop",slo="api-errors",${written}}`,
    ]);
  });

  it.each<ExpositionFormat>(['prometheus', 'openmetrics'])(
    'are clean to promtool as %s, even with hostile label values',
    async (format) => {
      const hostile = sloWith({
        name: 'hostile',
        description: 'back\\slash, "quote"\nand a line, {brace}=, ✓',
        groupBy: ['path'],
      });
      const text = page(
        [
          await monthOf(slo),
          await monthOf(hostile, { path: '/a"b\\c\nd' }),
          await monthOf(hostile, { path: '\\"} 1\nslo_sli_ratio{x="' }),
        ],
        format,
      );
      expect(Object.keys(samples(text, 'slo_sli_ratio'))).toEqual([
        own,
        '{service="shop",slo="hostile",path="/a\\"b\\\\c\\nd"}',
        '{service="shop",slo="hostile",path="\\\\\\"} 1\\nslo_sli_ratio{x=\\""}',
      ]);
      // promtool reads the text format alone; the two differ in the names of counter families.
      if (format === 'prometheus') {
        const told = execFileSync(promtoolBinary(), ['check', 'metrics'], {
          input: text,
          stdio: 'pipe',
        });
        expect(told.toString()).toBe('');
      } else {
        expect(text).toContain('# TYPE slo_events counter\n');
        expect(text).toContain('\nslo_events_total{');
      }
    },
  );
});

describe('the counters of an SLO', () => {
  const slo = sloWith();
  const counted = async (good: number, different: Partial<Figures> = {}): Promise<Figures> => ({
    ...(await figuresOf(slo, (stream) => stream)),
    lifetime: { good: BigInt(good), total: BigInt(good) + 1n, coveredSeconds: 60 },
    ...different,
  });
  const telling = () => {
    const exposition = new SloExposition([]);
    return (all: readonly Figures[]): readonly number[] => {
      const out = new Exposition('prometheus');
      exposition.write(out, all);
      return ['slo_good_events_total', 'slo_events_total'].flatMap((metric) =>
        Object.values(samples(out.text(), metric)),
      );
    };
  };

  it('hold what was told while a correction is below it', async () => {
    const told = telling();
    expect(told([await counted(100)])).toEqual([100, 101]);
    expect(told([await counted(90)])).toEqual([100, 101]);
    expect(told([await counted(99)])).toEqual([100, 101]);
    expect(told([await counted(103)])).toEqual([103, 104]);
  });

  it('hold through a time without figures', async () => {
    const told = telling();
    expect(told([await counted(100)])).toEqual([100, 101]);
    expect(told([await counted(0, { revision: 'new' })])).toEqual([100, 101]);
    expect(told([await counted(107, { revision: 'new' })])).toEqual([107, 108]);
  });

  it('are the same however often the same figures are told', async () => {
    const told = telling();
    const figures = await counted(42);
    expect(told([figures])).toEqual(told([figures]));
  });

  it('keep their groups apart, and forget an SLO that is gone', async () => {
    const told = telling();
    const [a, b] = [
      await counted(10, { group: { x: 'a' } }),
      await counted(20, { group: { x: 'b' } }),
    ];
    expect(told([a, b])).toEqual([10, 20, 11, 21]);
    expect(told([])).toEqual([]);
    expect(told([await counted(1, { group: { x: 'a' } })])).toEqual([1, 2]);
  });

  it('tell whole events of a stream that is kept finer', async () => {
    const told = telling();
    expect(told([await counted(1500, { scale: 1000n })])).toEqual([1.5, 1.501]);
  });
});

describe('label text', () => {
  it.each([
    [{}, ''],
    [{ a: 'b' }, 'a="b"'],
    [{ a: 'b', c: '' }, 'a="b",c=""'],
    [{ a: 'x"y\\z\nw' }, 'a="x\\"y\\\\z\\nw"'],
  ])('%j is %s', (labels, text) => {
    expect(labelText(labels)).toBe(text);
  });
});

describe('exposition text', () => {
  const gauge = { name: 'a_ratio', type: 'gauge', help: 'Line\nand \\.' } as const;

  it('escapes help, writes infinities as Prometheus does, and leaves out the unknown', () => {
    const out = new Exposition('prometheus');
    out.family(gauge, [
      ['', Infinity],
      ['x="1"', -Infinity],
      ['x="2"', null],
      ['x="3"', 1e-7],
    ]);
    expect(out.text()).toBe(
      '# HELP a_ratio Line\\nand \\\\.\n# TYPE a_ratio gauge\n' +
        'a_ratio +Inf\na_ratio{x="1"} -Inf\na_ratio{x="3"} 1e-7\n',
    );
  });

  it('leaves out a family without a known sample', () => {
    const out = new Exposition('prometheus');
    out.family(gauge, [['', null]]);
    expect(out.text()).toBe('');
  });
});
