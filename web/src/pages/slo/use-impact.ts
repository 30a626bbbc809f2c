import { useEffect, useState } from 'preact/hooks';
import type { ImpactView } from '../../../../src/exclusions/impact.dto';
import type { Answer } from '../../api/answers';
import { send } from '../../api/client';
import { ApiFailure } from '../../api/failure';
import type { NewExclusion } from './exclusion-draft';

/** Whoever types is not asked about every letter. */
const QUIET_MS = 400;
const NOTHING: Answer<ImpactView> = { data: undefined, failure: undefined, pending: false };

/** What an exclusion would change; nothing is saved. Who says it, and why, changes nothing of that. */
export function useImpact(wanted: NewExclusion | null): Answer<ImpactView> {
  const [answer, setAnswer] = useState(NOTHING);
  const asked =
    wanted === null ? null : JSON.stringify({ ...wanted, reason: 'dry run', author: 'dry run' });
  useEffect(() => {
    if (asked === null) {
      setAnswer(NOTHING);
      return undefined;
    }
    setAnswer((known) => ({ ...known, pending: true }));
    const left = new AbortController();
    const timer = setTimeout(() => {
      void dryRun(JSON.parse(asked) as NewExclusion, left.signal, setAnswer);
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [asked]);
  return answer.pending ? { ...answer, data: undefined } : answer;
}

async function dryRun(
  body: NewExclusion,
  signal: AbortSignal,
  settle: (answer: Answer<ImpactView>) => void,
): Promise<void> {
  try {
    const path = '/api/v1/exclusions?dryRun=true';
    const data = await send<ImpactView>('POST', path, { body, signal });
    settle({ data, failure: undefined, pending: false });
  } catch (error) {
    if (signal.aborted) return;
    const failure = error instanceof ApiFailure ? error : undefined;
    settle({ data: undefined, failure, pending: false });
  }
}
