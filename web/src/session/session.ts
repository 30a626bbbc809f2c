import { computed, signal } from '@preact/signals';
import { ask, request } from '../api/client';
import { pause } from '../api/pause';
import { refusal, token } from '../api/token';
import type { MeView } from '../../../src/auth/me.dto';
import { type Role, ROLES } from './role';

/** Who is signed in; null until the service has said. */
export const me = signal<MeView | null>(null);

/** Whether the service asks for tokens: it says so in its page, so that nobody has to try without. */
const tokensWanted =
  document.querySelector<HTMLMetaElement>('meta[name="slowburn-auth"]')?.content === 'token';

/** Nobody is signed in where somebody has to be. */
export const isOut = computed(
  () => token.value === null && (tokensWanted || refusal.value !== null),
);

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Asks the service who one is until it says so: meanwhile nobody may do anything. */
export async function findOut(ends: AbortSignal): Promise<void> {
  for (let wait = FIRST_PAUSE_MS; !ends.aborted; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
    try {
      const answer = await ask<MeView>('/api/v1/me', ends);
      me.value = answer;
      return;
    } catch {
      // Whatever page asks next tells it.
      await pause(wait, ends);
    }
  }
}

/**
 * Signs in where the service knows the token; until then nothing else is asked with it.
 *
 * @throws {ApiFailure}
 */
export async function signIn(given: string): Promise<void> {
  const answer = await request('/api/v1/me', { headers: { authorization: `Bearer ${given}` } });
  me.value = (await answer.json()) as MeView;
  refusal.value = null;
  token.value = given;
}

export function signOut(): void {
  refusal.value = null;
  token.value = null;
  me.value = null;
}

/** Whether one may do what asks for a role; while it is not known yet, nobody may. */
export function may(asked: Role): boolean {
  return me.value !== null && ROLES.indexOf(me.value.role) >= ROLES.indexOf(asked);
}
