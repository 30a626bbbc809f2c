import { Objective } from '../../src/domain/objective';
import type { Slo } from '../../src/domain/slo';

/** An SLO for tests: requests of the job `api`, bad when the status is 5xx, 99.9 % over 30 days. */
export function slo(over: Partial<Slo> = {}): Slo {
  return {
    service: 'api',
    name: 'errors',
    description: null,
    team: null,
    labels: {},
    objective: Objective.parse('99.9%'),
    window: { kind: 'rolling', seconds: 30 * 86_400 },
    sli: {
      kind: 'ratio',
      total: 'http_requests_total{job="api"}',
      part: { role: 'bad', selector: 'http_requests_total{job="api",status=~"5.."}' },
    },
    groupBy: [],
    budgeting: { kind: 'occurrences' },
    noData: 'ignore',
    minEvents: null,
    minBadEvents: null,
    datasource: 'default',
    counting: { identity: ['job', 'instance'], births: 'count' },
    alerting: { runbook: null, labels: {}, tiers: [] },
    ...over,
  };
}
