import { Objective } from '../../src/domain/objective';
import type { Slo } from '../../src/domain/slo';

/** An SLO of errors among requests over 30 days, but for what a test says. */
export function sloWith(
  different: Partial<Omit<Slo, 'objective'>> & { readonly objective?: string } = {},
): Slo {
  const { objective = '0.999', ...rest } = different;
  return {
    service: 'shop',
    name: 'api-errors',
    description: null,
    team: null,
    labels: {},
    objective: Objective.parse(objective),
    window: { kind: 'rolling', seconds: 30 * 86_400 },
    sli: {
      kind: 'ratio',
      total: 'http_requests_total{job="shop"}',
      part: { role: 'bad', selector: 'http_requests_total{job="shop",code=~"5.."}' },
    },
    groupBy: [],
    budgeting: { kind: 'occurrences' },
    noData: 'ignore',
    minEvents: null,
    minBadEvents: null,
    datasource: 'default',
    counting: { identity: ['job', 'instance'], births: 'count' },
    alerting: { runbook: null, labels: {}, tiers: [] },
    renamedFrom: null,
    exclusions: [],
    ...rest,
  };
}

/** A 0/1 gauge over 30 days. */
export function uptimeWith(different: Parameters<typeof sloWith>[0] = {}): Slo {
  return sloWith({
    name: 'uptime',
    sli: { kind: 'availability', up: 'up{job="shop"}', instances: 'any' },
    ...different,
  });
}

/** Slices of five minutes that are good or bad as a whole. */
export function slicesWith(different: Parameters<typeof sloWith>[0] = {}): Slo {
  return sloWith({
    name: 'latency-p95',
    sli: { kind: 'threshold', query: 'p95', op: 'lte', value: 0.5, sliceSeconds: 300 },
    ...different,
  });
}
