/** The same SLO in every language that is read, over the counters of the demo's `todo`. */
export type Language = 'Slowburn' | 'OpenSLO' | 'Sloth' | 'Pyrra';

const TOTAL = 'http_requests_total{job="todo-backend"}';
const BAD = 'http_requests_total{job="todo-backend",status=~"5.."}';
const WINDOW = '[{{.window}}]';

export const WRITTEN: Readonly<Record<Language, string>> = {
  Slowburn: native('from-slowburn', '99%'),
  OpenSLO: `apiVersion: openslo/v1
kind: SLO
metadata: { name: from-openslo }
spec:
  service: suite
  indicator:
    metadata: { name: answers }
    spec:
      ratioMetric:
        counter: true
        bad: { metricSource: { type: Prometheus, spec: { query: '${BAD}' } } }
        total: { metricSource: { type: Prometheus, spec: { query: '${TOTAL}' } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.99 }]
`,
  Sloth: `version: prometheus/v1
service: suite
slos:
  - name: from-sloth
    objective: 99
    sli:
      events:
        error_query: sum(rate(${BAD}${WINDOW}))
        total_query: sum(rate(${TOTAL}${WINDOW}))
    alerting:
      name: Requests
      page_alert: { labels: { severity: page } }
      ticket_alert: { labels: { severity: ticket } }
`,
  Pyrra: `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: from-pyrra, namespace: suite }
spec:
  target: '99'
  window: 30d
  indicator:
    ratio:
      errors: { metric: '${BAD}' }
      total: { metric: '${TOTAL}' }
`,
};

/** In Slowburn's own language. */
export function native(name: string, objective: string): string {
  return `apiVersion: slowburn/v1
service: suite
slos:
  - name: ${name}
    description: Answers of the suite
    objective: ${objective}
    sli:
      ratio:
        total: ${TOTAL}
        bad: ${BAD}
`;
}
