import { useCallback } from 'preact/hooks';
import type { RehearsalView, RehearsedPolicyView } from '../../../../src/slos/rehearsal-view-types';
import type { WhatIfView } from '../../../../src/slos/what-if-view-types';
import { type Asked, useLoaded } from '../../api/answers';
import { ask, send } from '../../api/client';
import { useRested } from '../../api/rested';
import { useSteady } from '../../api/steady';
import { type Choice, OWN } from './choice';
import { tierBodies } from './tiers-text';

/** A hand on the slider asks when it rests. */
const REST_MS = 150;

/** What an SLO would have looked like: its budget, and what its alerts would have done. */
export interface Supposed {
  readonly budget: WhatIfView;
  readonly policy: RehearsedPolicyView;
  readonly from: string;
  readonly to: string;
}

/**
 * Asks for what is chosen; what was asked before is given up.
 *
 * @param labels of the group, as the address has them
 */
export function useSupposed(slo: string, labels: string, choice: Choice): Asked<Supposed> {
  const key = useRested(`what-if ${JSON.stringify([slo, labels, choice])}`, REST_MS);
  const load = useCallback(
    (signal: AbortSignal) => {
      const [, ...asked] = JSON.parse(key.slice('what-if '.length)) as [string, string, Choice];
      return supposed(slo, ...asked, signal);
    },
    [key, slo],
  );
  return useSteady(`${slo} ${labels}`, useLoaded(key, load));
}

async function supposed(
  slo: string,
  labels: string,
  { objective, policy, tiers }: Choice,
  signal: AbortSignal,
): Promise<Supposed> {
  const base = `/api/v1/slos/${slo}`;
  const asked = new URLSearchParams(labels);
  if (objective !== null) asked.set('objective', objective);
  const body = {
    ...(objective !== null && { objective }),
    policies: [policy === OWN ? { name: OWN, tiers: tierBodies(tiers) } : { name: policy }],
  };
  const [budget, rehearsal] = await Promise.all([
    ask<WhatIfView>(`${base}/what-if?${asked.toString()}`, signal),
    send<RehearsalView>('POST', `${base}/rehearse?${labels}`, { body, signal }),
  ]);
  const [rehearsed] = rehearsal.policies;
  if (rehearsed === undefined) throw new Error(`${policy} was not rehearsed`);
  return { budget, policy: rehearsed, from: rehearsal.from, to: rehearsal.to };
}
