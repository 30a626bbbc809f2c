import { counterPair } from '../promql/counter-pair';
import { DAY_SECONDS, formatSeconds, MINUTE_SECONDS } from '../domain/duration';
import { type Counter, sameTargets } from '../promql/counter';
import { type AskedCounter, askedCounter, seriesOf } from './asked-counter';
import { askTogether, type Questions } from './asked-together';
import type { Examined } from './examined';
import type { Symptom } from './finding';
import { seriesCount } from './series-checks';

/** Samples that one look back may read per counter; a big counter is looked at over less time. */
const MOST_SAMPLES = 1_000_000;
const SHORTEST_LOOK_SECONDS = 10 * MINUTE_SECONDS;
/** Increases are estimates; the service itself refuses steps beyond 0.1 %. */
const ESTIMATE_TOLERANCE = 0.01;
/** A counter whose value falls in more than one of twenty scrapes is none. */
const RESETS_PER_SAMPLE = 1 / 20;
const UNREMARKABLE_RESETS = 5;

/** What the last day of the counters tells: whether they are counters, and parts of each other. */
export async function checkCounting(examined: Examined): Promise<readonly Symptom[]> {
  const asked = askedCounter(examined.slo);
  const pair = counterPair(examined.slo);
  if (asked?.kind !== 'counter' || pair === null) return [];
  const range = lookSeconds(await seriesCount(examined, asked), examined.at.scrapeIntervalSeconds);
  const text = formatSeconds(range);
  const by = sumBy(pair.total.groupBy);
  const [part, total] = [pair.part, pair.total].map(
    (counter) => `${by} (increase(${seriesOf(counter)}[${text}]))`,
  );
  const answers = await askTogether(
    examined.at,
    {
      ...resetQuestions(pair.total, text),
      part: `sum(${part ?? ''})`,
      total: `sum(${total ?? ''})`,
      over: `count((${part ?? ''}) > (${total ?? ''}) * ${1 + ESTIMATE_TOLERANCE} + 1)`,
    },
    examined.now,
  );
  const falling = fallsTooOften(answers) ? { text, answers } : null;
  return [
    ...(await notACounter(examined, asked, falling)),
    ...partAboveTotal(asked, pair.role, text, answers),
  ];
}

function lookSeconds(series: number, scrapeIntervalSeconds: number): number {
  const affordable = (MOST_SAMPLES * scrapeIntervalSeconds) / Math.max(1, series);
  const minutes = Math.floor(Math.min(DAY_SECONDS, affordable) / MINUTE_SECONDS);
  return Math.max(SHORTEST_LOOK_SECONDS, minutes * MINUTE_SECONDS);
}

/** On the worst target: how often the counter fell, and how often beyond its process' restarts. */
function resetQuestions(counter: Counter, range: string): Questions {
  const by = `max by (${counter.identity.join(', ')})`;
  const resets = `${by} (resets(${seriesOf(counter)}[${range}]))`;
  const started = sameTargets(counter, 'process_start_time_seconds');
  const restarts = `${by} (changes(${started}[${range}]))`;
  return {
    resets: `max(${resets})`,
    unexplained: `max((${resets} - ${restarts}) or ${resets})`,
    samples: `max(count_over_time(${seriesOf(counter)}[${range}]))`,
  };
}

type Answers = ReadonlyMap<string, number>;

function fallsTooOften(answers: Answers): boolean {
  const samples = answers.get('samples') ?? 0;
  const allowed = Math.max(UNREMARKABLE_RESETS, samples * RESETS_PER_SAMPLE);
  return (answers.get('unexplained') ?? 0) > allowed;
}

async function notACounter(
  { at, facts, slo }: Examined,
  { counter, path }: AskedCounter,
  falling: { readonly text: string; readonly answers: Answers } | null,
): Promise<readonly Symptom[]> {
  const { metric } = counter.selector;
  // A histogram's counters are declared under the histogram's name, an OpenMetrics one without _total.
  const name = slo.sli.kind === 'latency' ? metric.replace(/_count$/, '') : metric;
  const types = await facts.metricTypes(at.datasource, name);
  const wrong = types.length > 0 && types.every((type) => type === 'gauge' || type === 'info');
  if (!wrong && falling === null) return [];
  const declared = wrong ? `its targets declare ${name} a ${types.join(' and ')}` : null;
  const fell =
    falling === null
      ? null
      : `${seriesOf(counter)} fell ${falling.answers.get('resets') ?? 0} times on one target in the last ${falling.text}, ${falling.answers.get('unexplained') ?? 0} times without a restart of its process`;
  return [
    {
      check: 'gauge-as-counter',
      severity: wrong && falling !== null ? 'error' : 'warning',
      path,
      value: [fell, declared].filter((words) => words !== null).join('; '),
      allowed: 'a counter, which falls only when its process restarts',
      action:
        'count a counter (mostly named …_total), or use a threshold SLI for a gauge; every fall is taken for a restart and its value counted again',
    },
  ];
}

function partAboveTotal(
  { path }: AskedCounter,
  role: 'good' | 'bad',
  range: string,
  answers: Answers,
): readonly Symptom[] {
  const over = answers.get('over') ?? 0;
  if (over === 0) return [];
  const [part, total] = ['part', 'total'].map((name) => Math.round(answers.get(name) ?? 0));
  return [
    {
      check: 'bad-above-total',
      severity: 'error',
      path: path === 'sli.latency.histogram' ? path : `sli.ratio.${role}`,
      value: `in the last ${range} about ${part ?? 0} ${role} events stand against ${total ?? 0} in all`,
      allowed: `${role} events among the events of total`,
      action: `check that ${role} and total select the same requests and are not swapped`,
    },
  ];
}

function sumBy(groupBy: readonly string[]): string {
  return groupBy.length === 0 ? 'sum' : `sum by (${groupBy.join(', ')})`;
}
