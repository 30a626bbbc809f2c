import { formatSeconds } from '../domain/duration';
import { type Counter, sameTargets } from '../promql/counter';
import { type AskedCounter, askedCounter, seriesOf } from './asked-counter';
import { askTogether, type Questions } from './asked-together';
import type { Examined } from './examined';
import type { Symptom } from './finding';

export const MOST_SERIES = 50_000;
/** Labels by which the members of a highly available pair tell their copies apart. */
const REPLICA_LABELS = ['replica', 'prometheus_replica', '__replica__', 'receive_replica'];
/** A measured interval further off than this is another one, not one scrape more or less. */
const INTERVAL_TOLERANCE = 1.25;
const LEAST_MEASURED_SECONDS = 600;
const MEASURED_SCRAPES = 20;

type Answer = (question: string) => number;

/** What one look at the series tells: how many, whose, how often scraped, and whether twice. */
export async function checkSeries(examined: Examined): Promise<readonly Symptom[]> {
  const asked = askedCounter(examined.slo);
  if (asked === null) return [];
  const answers = await askTogether(examined.at, questions(examined, asked), examined.now);
  const answer: Answer = (question) => answers.get(question) ?? 0;
  return [
    ...tooMany(asked, answer),
    ...copied(asked, answer),
    ...scrapedAtAnotherPace(examined, asked, answers.get('interval')),
    ...(asked.kind === 'counter'
      ? [...unidentified(asked, answer), ...ageless(asked, answer)]
      : []),
  ];
}

/** How many series a counter has now; shares its question with `checkSeries`. */
export async function seriesCount(examined: Examined, asked: AskedCounter): Promise<number> {
  const answers = await askTogether(examined.at, questions(examined, asked), examined.now);
  return answers.get('series') ?? 0;
}

/** Equal texts for all SLOs that share the counter, so that they are asked once. */
function questions(examined: Examined, { counter, kind }: AskedCounter): Questions {
  const series = seriesOf(counter);
  const targets = `group by (${counter.identity.join(', ')}) (${series})`;
  const on = `on (${counter.identity.join(', ')})`;
  const up = sameTargets(counter, 'up');
  const range = measuredSeconds(examined);
  const gap = `${range} / count_over_time(${up}[${range * 1000 - 1}ms])`;
  return {
    series: `count(${series})`,
    interval: `quantile(0.5, (${gap}) and ${on} ${targets} and ${on} (${up} offset ${range}s))`,
    ...Object.fromEntries(
      REPLICA_LABELS.map((label) => [
        `copies by ${label}`,
        `count(count without (${label}) (${seriesOf(counter, { label, op: '!=', value: '' })}) > 1)`,
      ]),
    ),
    ...(kind === 'gauge' ? {} : processQuestions(counter, targets, on)),
  };
}

function processQuestions(counter: Counter, targets: string, on: string): Questions {
  const started = sameTargets(counter, 'process_start_time_seconds');
  return {
    ageless: `count(${targets} unless ${on} ${started})`,
    targets: `count(${targets})`,
    ...Object.fromEntries(
      counter.identity.map((label) => [
        `without ${label}`,
        `count(${seriesOf(counter, { label, op: '=', value: '' })})`,
      ]),
    ),
  };
}

function measuredSeconds({ at }: Examined): number {
  return Math.max(LEAST_MEASURED_SECONDS, MEASURED_SCRAPES * at.scrapeIntervalSeconds);
}

function tooMany({ counter, path }: AskedCounter, answer: Answer): readonly Symptom[] {
  const count = answer('series');
  if (count <= MOST_SERIES) return [];
  return [
    {
      check: 'too-many-series',
      severity: 'warning',
      path,
      value: `${seriesOf(counter)} has ${count} series`,
      allowed: `up to ${MOST_SERIES}`,
      action: 'narrow the selector, or drop labels that nobody asks for when they are scraped',
    },
  ];
}

function copied({ counter, path }: AskedCounter, answer: Answer): readonly Symptom[] {
  return REPLICA_LABELS.map((label) => [label, answer(`copies by ${label}`)] as const)
    .filter(([, count]) => count > 0)
    .map(([label, count]) => ({
      check: 'replica-label',
      severity: 'warning',
      path,
      value: `${count} series of ${seriesOf(counter)} are there more than once, told apart by ${label} only: every event is counted as often`,
      allowed: `each series once`,
      action: `let the source drop the copies (deduplication by ${label}), or choose one: ${label}="…"`,
    }));
}

function scrapedAtAnotherPace(
  { at }: Examined,
  { counter, path }: AskedCounter,
  measured: number | undefined,
): readonly Symptom[] {
  const told = at.scrapeIntervalSeconds;
  if (measured === undefined || !Number.isFinite(measured)) return [];
  if (measured <= told * INTERVAL_TOLERANCE && told <= measured * INTERVAL_TOLERANCE) return [];
  const seconds = formatSeconds(Math.max(1, Math.round(measured)));
  return [
    {
      check: 'scrape-interval-differs',
      severity: 'warning',
      path,
      value: `the targets of ${seriesOf(counter)} are scraped every ${seconds}, the configuration of data source ${at.datasource} says ${formatSeconds(told)}`,
      allowed: 'the interval in use',
      action: `set scrapeInterval: ${seconds} there (SCRAPE_INTERVAL for the data source of the environment)`,
    },
  ];
}

function unidentified({ counter, path }: AskedCounter, answer: Answer): readonly Symptom[] {
  return counter.identity
    .map((label) => [label, answer(`without ${label}`)] as const)
    .filter(([, count]) => count > 0)
    .map(([label, count]) => ({
      check: 'identity-label-absent',
      severity: 'warning',
      path,
      value: `${count} of ${answer('series')} series of ${seriesOf(counter)} have no label ${label}: whether a new series was just born cannot be told, so its first events may be missed`,
      allowed: `series with ${counter.identity.join(' and ')}`,
      action:
        'count the scraped series instead of recorded or pushed ones, or name the labels that tell one process in counting.identity',
    }));
}

function ageless({ counter, path }: AskedCounter, answer: Answer): readonly Symptom[] {
  const count = answer('ageless');
  if (count === 0) return [];
  return [
    {
      check: 'no-process-start-time',
      severity: 'info',
      path,
      value: `${count} of ${answer('targets')} targets of ${seriesOf(counter)} expose no process_start_time_seconds: births are judged by up alone, so what a process counted before its first scrape is missed`,
      allowed: '',
      action: 'expose the process collector of the client library',
    },
  ];
}
