import { useCallback } from 'preact/hooks';
import type { ValidationView } from '../../../../src/authoring/definition-views';
import { type Asked, useLoaded } from '../../api/answers';
import { send } from '../../api/client';
import { useRested } from '../../api/rested';
import { useSteady } from '../../api/steady';
import { may } from '../../session/session';

const REST_MS = 400;

/** What the service says of a text as it is typed; of the last one that was sent, until it says more. */
export function useValidation(text: string): Asked<ValidationView> {
  const rested = useRested(text, REST_MS);
  const load = useCallback(
    (signal: AbortSignal) =>
      send<ValidationView>('POST', '/api/v1/definitions/validate', { body: rested, signal }),
    [rested],
  );
  const isAsked = may('editor') && rested.trim() !== '';
  const asked = useLoaded(isAsked ? `validate ${rested}` : null, load);
  return useSteady(isAsked ? 'validation' : 'nothing to validate', asked);
}
