import type { Report, SloReport } from '../../report';
import { groupText } from '../../tables/group-text';
import type { PlacedSlo, ServicePart } from '../../tables/services';
import type { Wording } from '../../words/wording';

/** Where links lead to. */
export const PLACE = {
  front: 'front',
  contents: 'contents',
  method: 'method',
  slo: ({ place }: Pick<PlacedSlo, 'place'>) => `slo-${String(place)}`,
  service: ({ place, slos }: Pick<ServicePart, 'place' | 'slos'>) =>
    // A service with one SLO has no page of its own.
    slos.length === 1 && slos[0] !== undefined ? PLACE.slo(slos[0]) : `service-${String(place)}`,
};

/** `shop/api-errors endpoint="/cars"`. */
export function nameOf({ slo, group }: Pick<SloReport, 'slo' | 'group'>): string {
  return [slo, groupText(group)].filter((part) => part !== '').join(' ');
}

/** What stands above every page: which report it is, and how firm. */
export function headingOf(report: Report, wording: Wording): string {
  const { words } = wording;
  const { facts, states } = words;
  const firm =
    report.state === 'interim' || report.hash === null
      ? [`${facts.cutOff} ${wording.instant(report.cutOff)}`]
      : [
          `${facts.revision} ${wording.count(report.revision)}`,
          `${facts.hash} ${report.hash.slice(0, 16)}`,
        ];
  const parts = [words.title, wording.month(report.month), report.timeZone, states[report.state]];
  return [...parts, ...firm].join(' · ');
}
