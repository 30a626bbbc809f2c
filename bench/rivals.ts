import type { Question } from './recording-source';
import { slothLabels } from './fleet';

type Asked = Omit<Question, 'milliseconds'>;

/** Every window that a 30-day SLO's budget and burn rates need. */
const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d'] as const;

/** Without a ledger: one query for each SLO and window, over the whole window. */
export function singleQueries(jobs: readonly string[], at: number): readonly Asked[] {
  return WINDOWS.flatMap((window) =>
    jobs.map((job) => instant(ratio(badOf(job), totalOf(job), window), at)),
  );
}

/** The same for all SLOs at once: one query for each window. */
export function groupedQueries(at: number): readonly Asked[] {
  const [bad, total] = ['http_requests_total{code="500"}', 'http_requests_total'];
  return WINDOWS.map((window) => {
    const by = (selector: string) => `sum by (job) (rate(${selector}[${window}]))`;
    return instant(`${by(bad)} / ${by(total)}`, at);
  });
}

/**
 * What one evaluation of the recording rules that Sloth writes for these SLOs computes: a ratio of
 * rates for each window, but for the SLO's own, which averages the recorded ratios of five minutes;
 * and the few that say objective, budget and burn rates. Each belongs to every SLO.
 */
export function slothRules(jobs: readonly string[], at: number): readonly Asked[] {
  return jobs.flatMap((job) => slothRulesOf(job).map((expression) => instant(expression, at)));
}

function slothRulesOf(job: string): readonly string[] {
  const own = Object.entries(slothLabels(job))
    .filter(([label]) => label !== 'sloth_window')
    .map(([label, value]) => `${label}="${value}"`)
    .join(', ');
  const recorded = `slo:sli_error:ratio_rate5m{${own}}`;
  return [
    ...WINDOWS.filter((window) => window !== '30d').map((window) =>
      ratio(badOf(job), totalOf(job), window),
    ),
    `sum_over_time(${recorded}[30d]) / ignoring (sloth_window) count_over_time(${recorded}[30d])`,
    'vector(0.9990000000000001)',
    'vector(1-0.9990000000000001)',
    'vector(30)',
    `${recorded} / on(sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio{${own}}`,
    `slo:sli_error:ratio_rate30d{${own}} / on(sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio{${own}}`,
    `1 - slo:period_burn_rate:ratio{${own}}`,
    'vector(1)',
  ];
}

function ratio(bad: string, total: string, window: string): string {
  return `(sum(rate(${bad}[${window}]))) / (sum(rate(${total}[${window}])))`;
}

function badOf(job: string): string {
  return `http_requests_total{job="${job}",code="500"}`;
}

function totalOf(job: string): string {
  return `http_requests_total{job="${job}"}`;
}

function instant(query: string, at: number): Asked {
  return { api: 'query', parameters: { query, time: String(at) } };
}
