import { formatSeconds } from '../domain/duration';
import type { AvailabilitySli, Slo, ThresholdSli } from '../domain/slo';
import { COMPARISONS, OVER_INSTANCES } from './comparisons';
import { counterPair } from './counter-pair';
import { estimateQueries } from './estimate';
import { withWindow } from './query-check';
import { formatSelector, parseSelector } from './selector';

/** What a query is of: events per second, a ratio, or the value that a threshold is held against. */
export interface PlainQuery {
  readonly of: 'good' | 'bad' | 'total' | 'sli' | 'value';
  readonly query: string;
}

/**
 * What an SLO means, as people would ask it: rates over a window, without what exact counting needs.
 * Figures are counted and not made from these, so that they agree only roughly.
 *
 * @returns none for an SLO that is made of others
 */
export function plainQueries(slo: Slo, windowSeconds: number): readonly PlainQuery[] {
  const { sli } = slo;
  const range = `[${formatSeconds(windowSeconds)}]`;
  if (sli.kind === 'availability') return [{ of: 'sli', query: uptime(slo, sli, range) }];
  if (sli.kind === 'threshold') return held(sli);
  const written = estimateQueries(slo);
  const inWindow = (query: string) => withWindow(query, formatSeconds(windowSeconds));
  if (written?.role === 'errorRatio') {
    return [{ of: 'sli', query: `1 - (${inWindow(written.ratio)})` }];
  }
  if (written !== null) {
    return events(written.role, inWindow(written.part), inWindow(written.total));
  }
  const pair = counterPair(slo);
  if (pair === null) return [];
  const rate = (selector: string) => `sum${by(slo)}(rate(${selector}${range}))`;
  const [part, total] = [pair.part, pair.total].map(({ selector }) => formatSelector(selector));
  return events(pair.role, rate(part ?? ''), rate(total ?? ''));
}

function events(role: 'good' | 'bad', part: string, total: string): readonly PlainQuery[] {
  const sli = role === 'good' ? `(${part}) / (${total})` : `1 - (${part}) / (${total})`;
  return [
    { of: 'total', query: total },
    { of: role, query: part },
    { of: 'sli', query: sli },
  ];
}

function uptime(slo: Slo, { up, instances }: AvailabilitySli, range: string): string {
  const gauge = formatSelector(parseSelector(up));
  return `${OVER_INSTANCES[instances]}${by(slo)}(avg_over_time(${gauge}${range}))`;
}

function held({ query, op, value }: ThresholdSli): readonly PlainQuery[] {
  return [
    { of: 'value', query },
    { of: 'good', query: `(${query}) ${COMPARISONS[op]} bool ${value}` },
  ];
}

function by({ groupBy }: Slo): string {
  return groupBy.length === 0 ? '' : ` by (${groupBy.join(', ')}) `;
}
