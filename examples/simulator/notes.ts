import { type IncidentPlan, planned } from './incidents';
import type { SystemPlan } from './system';

/** Body of `POST /api/v1/markers`. */
export interface MarkerNote {
  readonly kind: 'deploy' | 'incident';
  readonly service: string;
  readonly at: string;
  readonly end?: string;
  readonly text: string;
}

/** Body of `POST /api/v1/exclusions`. */
export interface ExclusionNote {
  readonly service: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly author: string;
}

/**
 * What the teams wrote down while their history went by: deploys, incidents, and maintenance that
 * does not count.
 *
 * @param anchor epoch seconds that the planned incidents count back from
 * @param from epoch seconds: nothing that began before
 */
export function notesOf(
  systems: readonly SystemPlan[],
  anchor: number,
  from: number,
): { readonly markers: readonly MarkerNote[]; readonly exclusions: readonly ExclusionNote[] } {
  const noted = systems.flatMap(({ name, incidents }) =>
    incidents.flatMap((plan) => {
      const incident = planned(plan, anchor);
      return plan.note === undefined || incident.from < from || incident.from > anchor
        ? []
        : [{ service: name, note: plan.note, ...spanOf(plan, incident), what: incident.what }];
    }),
  );
  return {
    markers: noted.flatMap(({ service, note, from: at, to: end, what: text }) =>
      note.kind === 'maintenance'
        ? []
        : [{ kind: note.kind, service, at, ...(end !== null && { end }), text }],
    ),
    exclusions: noted.flatMap(({ service, note, from: begins, to, what: reason }) =>
      note.kind === 'maintenance' && to !== null
        ? [{ service, from: begins, to, reason, author: note.author }]
        : [],
    ),
  };
}

function spanOf(
  { minutes }: IncidentPlan,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly from: string; readonly to: string | null } {
  return { from: rfc3339(from), to: Number.isFinite(minutes) ? rfc3339(to) : null };
}

function rfc3339(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
