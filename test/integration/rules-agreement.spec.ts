import { ALERT_NAMES } from '../../src/alerting/alert';
import { generateRules } from '../../src/alerting/rules/generate-rules';
import type { Flavour } from '../../src/alerting/rules/rule';
import { rulesYaml } from '../../src/alerting/rules/rules-yaml';
import { formatSeconds } from '../../src/domain/duration';
import type { NamedTier, Slo } from '../../src/domain/slo';
import {
  type JudgedMinute,
  judgedMinutes,
  LINKS,
  type ScenarioStream,
} from '../support/judged-minutes';
import { type ExpectedAlert, type InputSeries, testRules } from '../support/promtool';
import { countedMinutes, type Phase, scrapes } from '../support/rule-scenario';
import { sloWith } from '../support/slos';

jest.setTimeout(300_000);

const START = Date.parse('2026-11-02T00:00:00Z') / 1000;
const DAY = 86_400;

const ok = (minutes: number): Phase => ({ minutes, good: 1_000, bad: 0 });
const failing = (minutes: number, bad: number): Phase => ({ minutes, good: 1_000 - bad, bad });

/** 99 % over 30 days: 14.4 is reached by 144 bad of 1 000. */
const month = sloWith({ objective: '0.99' });
/** The same over 3 days, whose windows are a tenth as long: all tiers within hours. */
const threeDays = sloWith({ objective: '0.99', window: { kind: 'rolling', seconds: 3 * DAY } });

interface Scenario {
  readonly title: string;
  readonly slo: Slo;
  readonly phases: readonly Phase[];
  /** What fires at some time: tiers by their long window, the other alerts by name. */
  readonly fires: readonly string[];
}

const SCENARIOS: readonly Scenario[] = [
  {
    title: 'a fast burn and its end',
    slo: month,
    phases: [ok(90), failing(40, 300), ok(70)],
    fires: ['1h', 'SLOErrorBudgetExhausted'],
  },
  {
    title: 'a burn exactly at the factor',
    slo: month,
    phases: [ok(70), failing(80, 144), ok(10)],
    fires: ['SLOErrorBudgetExhausted'],
  },
  {
    title: 'a burn one event above the factor',
    slo: month,
    phases: [failing(80, 145), ok(10)],
    fires: ['1h', 'SLOErrorBudgetExhausted'],
  },
  {
    title: 'a slow burn, tickets and a recovery',
    slo: threeDays,
    phases: [ok(300), failing(20, 200), failing(130, 70), ok(400)],
    fires: ['10m', '40m', '2h25m', '7h15m', 'SLOErrorBudgetExhausted'],
  },
  {
    title: 'a burn that only the slowest tier sees',
    slo: threeDays,
    phases: [ok(60), failing(500, 15), ok(100)],
    fires: ['7h15m', 'SLOErrorBudgetExhausted'],
  },
  {
    title: 'a burn through which processes are replaced',
    slo: month,
    phases: [
      ok(61),
      { ...failing(7, 300), restart: true },
      { ...failing(5, 500), restart: true },
      { ...failing(20, 400), restart: true },
      { ...ok(50), restart: true },
    ],
    fires: ['1h', 'SLOErrorBudgetExhausted'],
  },
  {
    title: 'a burn in which the target falls silent',
    slo: month,
    phases: [ok(60), failing(30, 300), { minutes: 50, good: 0, bad: 0, down: true }, ok(60)],
    fires: ['1h', 'SLOErrorBudgetExhausted', 'SLONoData'],
  },
  {
    title: 'no traffic at all for a while',
    slo: month,
    phases: [failing(40, 300), { minutes: 90, good: 0, bad: 0 }, ok(30)],
    fires: ['1h', 'SLOErrorBudgetExhausted'],
  },
  {
    title: 'too few events to page for',
    slo: { ...month, minEvents: 1_000, minBadEvents: 150 },
    phases: [
      { minutes: 60, good: 8, bad: 4 },
      { minutes: 90, good: 20, bad: 4 },
      { minutes: 30, good: 20, bad: 0 },
    ],
    fires: ['1h', 'SLOErrorBudgetExhausted'],
  },
  {
    title: 'tiers of its own, and one that is switched off',
    slo: {
      ...month,
      alerting: {
        ...month.alerting,
        tiers: [
          { kind: 'page', severity: 'P0', disabled: false },
          { kind: 'ticket', severity: 'P3', disabled: true },
        ],
        named: [
          tier({ name: 'page-quick', fires: { factor: '20' } }),
          tier({ name: 'page-slow', disabled: true }),
          tier({
            name: 'early',
            severity: 'INFO',
            longSeconds: 900,
            shortSeconds: 300,
            fires: { share: '0.5%' },
          }),
        ],
        exhausted: { severity: null, disabled: true },
        labels: { channel: '#ops', service: 'not this one' },
      },
    },
    phases: [ok(40), failing(50, 150), failing(60, 400), ok(20)],
    fires: ['15m', '1h'],
  },
];

function tier(own: Partial<NamedTier> & { readonly name: string }): NamedTier {
  return {
    ...{ kind: 'page', severity: null, disabled: false },
    ...{ longSeconds: null, shortSeconds: null, fires: null },
    ...own,
  };
}

describe.each(SCENARIOS)('$title', ({ slo, phases, fires }) => {
  let judged: readonly JudgedMinute[];
  beforeAll(async () => {
    const streams: readonly ScenarioStream[] = [{ group: null, minutes: countedMinutes(phases) }];
    judged = await judgedMinutes(slo, START, streams);
  });

  it('is something to agree about', () => {
    const fired = judged.flatMap(({ open }) =>
      open.map(({ windows, alertname }) =>
        windows === null ? alertname : formatSeconds(windows.longSeconds),
      ),
    );
    expect([...new Set(fired)].sort()).toEqual([...fires].sort());
  });

  it('fires the same alerts by our gauges, minute by minute', async () => {
    expect(await tested('gauges', slo, gauges(judged), '1m', judged)).toEqual(AGREES);
  });

  it('fires the same alerts without us, minute by minute', async () => {
    expect(await tested('standalone', slo, scrapes(phases), '15s', judged)).toEqual(AGREES);
  });
});

const AGREES = { ok: true, text: expect.stringContaining('SUCCESS') as string };

function tested(
  flavour: Flavour,
  slo: Slo,
  input: readonly InputSeries[],
  interval: string,
  judged: readonly JudgedMinute[],
) {
  const rules = generateRules([slo], flavour, {
    at: START,
    evaluationSeconds: 60,
    queryDelaySeconds: 30,
    scrapeIntervalSeconds: () => 15,
    links: LINKS,
    own: false,
  });
  return testRules({
    rules: [...rulesYaml(rules)].join(''),
    groups: rules.groups,
    interval,
    input,
    firing: [null, ...judged.map(({ open }) => open.map(expectedOf))],
    alertnames: Object.values(ALERT_NAMES),
  });
}

function expectedOf({ alertname, labels }: JudgedMinute['open'][number]): ExpectedAlert {
  return { alertname, labels };
}

/** What a Prometheus has of `/metrics` that scrapes every minute. */
function gauges(judged: readonly JudgedMinute[]): readonly InputSeries[] {
  const names = [...new Set(judged.flatMap(({ samples }) => [...samples.keys()]))];
  return names
    .filter((name) => !name.startsWith('slo_info'))
    .map((series) => {
      let there = false;
      const values = judged.map(({ samples }) => {
        const value = samples.get(series);
        const told = value ?? (there ? 'stale' : '_');
        there = value !== undefined;
        return told;
      });
      return { series, values: ['_', ...values] };
    });
}
