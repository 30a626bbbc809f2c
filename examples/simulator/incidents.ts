const DAY_SECONDS = 86_400;
/** All five teams work in Brasília time, three hours behind UTC all year. */
const LOCAL_OFFSET_SECONDS = 3 * 3_600;

/** What is different while an incident lasts. */
export interface Effect {
  /** Added to every route's share of server errors. */
  readonly errorShare: number;
  /** Multiplies the share of slow answers. */
  readonly slowness: number;
  /** Added to the share of refused logins. */
  readonly refusedLoginShare: number;
  /** Share of cache hits that turn into misses. */
  readonly lostHitShare: number;
  /** Pods that do not answer; they come back as new processes. */
  readonly downPods: readonly number[];
}

export const NO_EFFECT: Effect = {
  errorShare: 0,
  slowness: 1,
  refusedLoginShare: 0,
  lostHitShare: 0,
  downPods: [],
};

/** An incident as the model plans it: on a local clock, counted back from the history's anchor. */
export interface IncidentPlan {
  readonly what: string;
  readonly daysAgo: number;
  /** Local hour of day, fractional. */
  readonly hour: number;
  /** Infinity for one that is still going on. */
  readonly minutes: number;
  readonly effect: Partial<Effect>;
  /** What the team wrote down about it, if anything. */
  readonly note?: Note;
}

/** A marker, or maintenance that had been announced and is not to be counted. */
export type Note =
  | { readonly kind: 'deploy' | 'incident' }
  | { readonly kind: 'maintenance'; readonly author: string };

/** An incident on the epoch's clock: (from, to]. */
export interface Incident {
  readonly what: string;
  readonly from: number;
  readonly to: number;
  readonly effect: Partial<Effect>;
}

/** @param anchor epoch seconds; the day it falls into is day 0 */
export function planned(plan: IncidentPlan, anchor: number): Incident {
  const local = anchor - LOCAL_OFFSET_SECONDS;
  const midnight = local - (local % DAY_SECONDS) + LOCAL_OFFSET_SECONDS;
  const from = midnight - plan.daysAgo * DAY_SECONDS + Math.round(plan.hour * 60) * 60;
  return { what: plan.what, from, to: from + plan.minutes * 60, effect: plan.effect };
}

/** All incidents of an instant together: shares add up, slowness multiplies. */
export function effectAt(incidents: readonly Incident[], at: number): Effect {
  let together = NO_EFFECT;
  for (const { from, to, effect } of incidents) {
    if (at <= from || at > to) continue;
    together = {
      errorShare: together.errorShare + (effect.errorShare ?? 0),
      slowness: together.slowness * (effect.slowness ?? 1),
      refusedLoginShare: together.refusedLoginShare + (effect.refusedLoginShare ?? 0),
      lostHitShare: together.lostHitShare + (effect.lostHitShare ?? 0),
      downPods: [...together.downPods, ...(effect.downPods ?? [])],
    };
  }
  return together;
}

/** A rollout: every pod is replaced, one after the other, two minutes each. */
export function rollout(
  daysAgo: number,
  hour: number,
  what = 'a new release',
): readonly IncidentPlan[] {
  return [0, 1].map((pod) => ({
    what,
    daysAgo,
    hour: hour + pod * 0.2,
    minutes: 2,
    effect: { downPods: [pod] },
    ...(pod === 0 ? { note: { kind: 'deploy' } } : {}),
  }));
}
