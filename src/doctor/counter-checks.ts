import { type CounterPair, counterPair } from '../promql/counter-pair';
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
  const { at, now } = examined;
  const range = lookSeconds(await seriesCount(examined, asked), at.scrapeIntervalSeconds);
  const text = formatSeconds(range);
  const questions = { ...resetQuestions(pair.total, text), ...shareQuestions(pair, text) };
  const answers = await askTogether(at, questions, now);
  const samples = answers.get('samples') ?? range / at.scrapeIntervalSeconds;
  const falls = answers.get('falls') ?? 0;
  const falling = falls > Math.max(UNREMARKABLE_RESETS, samples * RESETS_PER_SAMPLE);
  return [
    ...(await notACounter(examined, asked, falling ? { text, falls } : null)),
    ...partAboveTotal(asked, pair, text, answers),
  ];
}

function lookSeconds(series: number, scrapeIntervalSeconds: number): number {
  const affordable = (MOST_SAMPLES * scrapeIntervalSeconds) / Math.max(1, series);
  const minutes = Math.floor(Math.min(DAY_SECONDS, affordable) / MINUTE_SECONDS);
  return Math.max(SHORTEST_LOOK_SECONDS, minutes * MINUTE_SECONDS);
}

/** On the worst target: its falls beyond its process' restarts, and the scrapes there were. */
function resetQuestions(counter: Counter, range: string): Questions {
  const identity = counter.identity.join(', ');
  const resets = `max by (${identity}) (resets(${seriesOf(counter)}[${range}]))`;
  const started = sameTargets(counter, 'process_start_time_seconds');
  const restarts = `max by (${identity}) (changes(${started}[${range}]))`;
  const none = `0 * group by (${identity}) (${seriesOf(counter)})`;
  return {
    falls: `max(${resets} - on (${identity}) (${restarts} or on (${identity}) ${none}))`,
    samples: `max(count_over_time(${sameTargets(counter, 'up')}[${range}]))`,
  };
}

/** Both parts in all, or the groups in which the smaller one is the bigger. */
function shareQuestions({ part, total }: CounterPair, range: string): Questions {
  const increase = (counter: Counter): string => `increase(${seriesOf(counter)}[${range}])`;
  if (total.groupBy.length === 0) {
    return { part: `sum(${increase(part)})`, total: `sum(${increase(total)})` };
  }
  const by = `sum by (${total.groupBy.join(', ')})`;
  const allowed = `${by} (${increase(total)}) * ${1 + ESTIMATE_TOLERANCE} + 1`;
  return { groups: `count(${by} (${increase(part)}) > ${allowed})` };
}

async function notACounter(
  { at, facts, slo }: Examined,
  { counter, path }: AskedCounter,
  falling: { readonly text: string; readonly falls: number } | null,
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
      : `${seriesOf(counter)} fell ${falling.falls} times on one target in the last ${falling.text} without a restart of its process`;
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
  { role, total: { groupBy } }: CounterPair,
  range: string,
  answers: ReadonlyMap<string, number>,
): readonly Symptom[] {
  const [part, total] = [answers.get('part') ?? 0, answers.get('total') ?? 0];
  const groups = answers.get('groups') ?? 0;
  // A total without series is told as such; nothing is above it.
  const over = answers.has('total') && part > total * (1 + ESTIMATE_TOLERANCE) + 1;
  if (!over && groups === 0) return [];
  const found =
    groups === 0
      ? `about ${Math.round(part)} ${role} events stand against ${Math.round(total)} in all`
      : `${groups} groups of ${groupBy.join(', ')} have more ${role} events than events in all`;
  return [
    {
      check: 'bad-above-total',
      severity: 'error',
      path: path === 'sli.latency.histogram' ? path : `sli.ratio.${role}`,
      value: `in the last ${range} ${found}`,
      allowed: `${role} events among the events of total`,
      action: `check that ${role} and total select the same requests and are not swapped`,
    },
  ];
}
