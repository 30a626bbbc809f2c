import type { Report, SloReport } from '../report';

/** An SLO with its place in the report. */
export interface PlacedSlo {
  readonly slo: SloReport;
  readonly place: number;
}

/** A service with its SLOs, in the order of the report. */
export interface ServicePart {
  readonly service: string;
  readonly place: number;
  readonly slos: readonly PlacedSlo[];
}

export function servicesOf({ slos }: Pick<Report, 'slos'>): readonly ServicePart[] {
  const parts = new Map<string, PlacedSlo[]>();
  slos.forEach((slo, place) => {
    const part = parts.get(slo.service);
    if (part === undefined) parts.set(slo.service, [{ slo, place }]);
    else part.push({ slo, place });
  });
  return [...parts].map(([service, placed], place) => ({ service, place, slos: placed }));
}
