import type { Slo } from '../../src/domain/slo';
import { sloWith } from './slos';

/** An SLO for tests: requests of the job `api`, bad when the status is 5xx, 99.9 % over 30 days. */
export function slo(over: Partial<Slo> = {}): Slo {
  const sli = {
    kind: 'ratio',
    total: 'http_requests_total{job="api"}',
    part: { role: 'bad', selector: 'http_requests_total{job="api",status=~"5.."}' },
  } as const;
  return { ...sloWith({ service: 'api', name: 'errors', sli }), ...over };
}
