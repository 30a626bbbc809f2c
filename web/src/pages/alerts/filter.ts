/** Which alerts are shown; null for all. */
export interface Filter {
  /** `service/name`; what is no such thing is left aside. */
  readonly slo: string | null;
  readonly service: string | null;
  readonly severity: string | null;
}

const SLO = /^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/;

export function readFilter(query: URLSearchParams): Filter {
  const slo = query.get('slo');
  return {
    slo: slo !== null && SLO.test(slo) ? slo : null,
    service: textOf(query.get('service'), 63),
    severity: textOf(query.get('severity'), 200),
  };
}

export function alertsPath(state: 'firing' | 'resolved', filter: Filter, limit: number): string {
  const query = new URLSearchParams({ state, limit: String(limit) });
  for (const [name, value] of Object.entries(filter) as [string, string | null][]) {
    if (value !== null) query.set(name, value);
  }
  return `/api/v1/alerts?${query.toString()}`;
}

/** The service refuses what is longer. */
function textOf(text: string | null, longest: number): string | null {
  return text === null || text === '' || text.length > longest ? null : text;
}
