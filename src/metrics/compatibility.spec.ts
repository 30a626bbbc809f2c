import { spawnSync } from 'node:child_process';
import { figuresOf, START } from '../../test/support/figures';
import { promtoolBinary } from '../../test/support/prometheus';
import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import type { Figures } from '../evaluation/figures';
import { Exposition } from './exposition';
import { PyrraExposition } from './pyrra-exposition';
import { SlothExposition } from './sloth-exposition';

const DAY = 86_400;

/** Figures of a month in which 99.8 % was achieved. */
async function monthOf(slo: Slo, group: Figures['group'] = null): Promise<Figures> {
  const figures = await figuresOf(slo, (stream) =>
    stream.until(START + 30 * DAY, 3600, { good: 998, bad: 2 }),
  );
  return { ...figures, group };
}

function sloth(all: readonly Figures[], labels: readonly string[] = []): string {
  const out = new Exposition('prometheus');
  new SlothExposition(labels, '1.2.3').write(out, all);
  return out.text();
}

function pyrra(all: readonly Figures[]): string {
  const out = new Exposition('prometheus');
  new PyrraExposition().write(out, all);
  return out.text();
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** What promtool complains of, without the names it complains about. */
function complaints(text: string): readonly string[] {
  const { stderr } = spawnSync(promtoolBinary(), ['check', 'metrics'], { input: text });
  const told = stderr.toString().split('\n').filter(Boolean);
  return [...new Set(told.map((line) => line.replace(/^\S+ /, '')))];
}

describe("the figures under Sloth's names", () => {
  const slo = sloWith({ objective: '0.995' });
  const own = 'sloth_id="shop-api-errors",sloth_service="shop",sloth_slo="api-errors"';

  it('are those of its recording rules, with their labels', async () => {
    const ratios = ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'].map(
      (window) => `slo:sli_error:ratio_rate${window}{${own},sloth_window="${window}"} 0.002`,
    );
    expect(lines(sloth([await monthOf(slo)]))).toEqual([
      ...ratios,
      `slo:objective:ratio{${own}} 0.995`,
      `slo:error_budget:ratio{${own}} 0.005`,
      `slo:time_period:days{${own}} 30`,
      `slo:current_burn_rate:ratio{${own},sloth_window="5m"} 0.4`,
      `slo:period_burn_rate:ratio{${own},sloth_window="30d"} 0.4`,
      `slo:period_error_budget_remaining:ratio{${own},sloth_window="30d"} 0.6`,
      `sloth_slo_info{${own},sloth_version="1.2.3",sloth_mode="slowburn",sloth_spec="slowburn/v1",sloth_objective="99.5"} 1`,
    ]);
  });

  it.each([
    [28, '4w'],
    [7, '1w'],
    [90, '90d'],
    [365, '1y'],
  ])('name a window of %d days as Prometheus does, %s', async (days, name) => {
    const long = sloWith({ window: { kind: 'rolling', seconds: days * DAY } });
    const text = sloth([await monthOf(long)]);
    expect(text).toContain(`slo:sli_error:ratio_rate${name}{${own},sloth_window="${name}"} `);
    expect(text).toContain(`slo:time_period:days{${own}} ${days}\n`);
  });

  it('name a calendar window by its unit, however long the month is', async () => {
    const calendar = sloWith({ window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' } });
    const text = sloth([await monthOf(calendar)]);
    expect(text).toContain(`slo:period_burn_rate:ratio{${own},sloth_window="month"} `);
    expect(text).toContain(`slo:time_period:days{${own}} 31\n`);
  });

  it('are unique by id for groups, whose labels ride along', async () => {
    const grouped = sloWith({ groupBy: ['path'], labels: { tier: '1', secret: 'x' } });
    const groups = [{ path: '/a' }, { path: '/b,c' }, { path: 'say "x"' }];
    const all = await Promise.all(groups.map((group) => monthOf(grouped, group)));
    const rows = lines(sloth(all, ['tier'])).filter((line) => line.startsWith('slo:objective'));
    expect(rows).toEqual(
      [
        ['{path=/a}', '/a'],
        ['{path=\\"/b,c\\"}', '/b,c'],
        ['{path=\\"say \\\\\\"x\\\\\\"\\"}', 'say \\"x\\"'],
      ].map(
        ([suffix = '', path = '']) =>
          `slo:objective:ratio{sloth_id="shop-api-errors${suffix}",sloth_service="shop",sloth_slo="api-errors${suffix}",path="${path}",tier="1"} 0.999`,
      ),
    );
  });

  it('are 0 where nothing happened and absent where nothing was seen', async () => {
    const idle = await figuresOf(slo, (stream) =>
      stream.until(START + DAY, 3600, { good: 0, bad: 0 }),
    );
    expect(sloth([idle])).toContain(`slo:sli_error:ratio_rate1h{${own},sloth_window="1h"} 0\n`);
    const unseen = sloth([await figuresOf(slo, (stream) => stream)]);
    expect(unseen).not.toMatch(/ratio_rate|burn_rate|remaining|NaN|null/);
    expect(unseen).toContain('slo:objective:ratio');
  });

  it('say of the window what the budget says, also while little of it was seen', async () => {
    const young = await figuresOf(slo, (stream) =>
      stream.until(START + DAY, 3600, { good: 998, bad: 2 }),
    );
    const text = sloth([young]);
    expect(text).toContain(`slo:sli_error:ratio_rate30d{${own},sloth_window="30d"} 0.002\n`);
    expect(text).toContain(`slo:period_burn_rate:ratio{${own},sloth_window="30d"} 0.4\n`);
    expect(text).not.toContain('ratio_rate3d');
  });
});

describe("the figures under Pyrra's names", () => {
  it('are its generic ones, by a name that is unique', async () => {
    const grouped = sloWith({ objective: '0.995', groupBy: ['path'], labels: { tier: '1' } });
    const of = '{slo="shop/api-errors{path=/a}"}';
    expect(lines(pyrra([await monthOf(grouped, { path: '/a' })]))).toEqual([
      `pyrra_objective${of} 0.995`,
      `pyrra_window${of} 2592000`,
      `pyrra_availability${of} 0.998`,
      // A step of 1 000 events, two of them bad, ends within the five minutes.
      `pyrra_requests:rate5m${of} ${1000 / 300}`,
      `pyrra_errors:rate5m${of} ${2 / 300}`,
      `pyrra_requests_total${of} 720000`,
      `pyrra_errors_total${of} 1440`,
    ]);
  });

  it('have counters that never go back', async () => {
    const figures = await monthOf(sloWith());
    const told = new PyrraExposition();
    const of = (good: bigint, total: bigint) => {
      const out = new Exposition('prometheus');
      told.write(out, [{ ...figures, lifetime: { good, total, coveredSeconds: 60 } }]);
      return lines(out.text())
        .filter((line) => line.includes('_total'))
        .map((line) => Number(line.split(' ').at(-1)));
    };
    expect(of(90n, 100n)).toEqual([100, 10]);
    expect(of(95n, 98n)).toEqual([100, 10]);
    expect(of(100n, 115n)).toEqual([115, 15]);
  });
});

describe('promtool', () => {
  it("has nothing against others' names but their colons", async () => {
    const all = [
      await monthOf(sloWith()),
      await monthOf(sloWith({ name: 'b' }), { path: '"\\\n} 1' }),
    ];
    const colons = ["metric names should not contain ':'"];
    expect(complaints(sloth(all))).toEqual(colons);
    expect(complaints(pyrra(all))).toEqual(colons);
  });
});
