import type { ExclusionView } from '../../../../src/exclusions/exclusions.dto';
import type { ImpactView } from '../../../../src/exclusions/impact.dto';
import { askAgain, useLoaded } from '../../api/answers';
import { send } from '../../api/client';
import { useSending } from '../../api/sending';
import { Impact } from '../../exclusions/impact';
import { Button } from '../../kit/button';
import { Dialog } from '../../kit/dialog';
import { Actions } from '../../kit/form';
import { ProblemBox } from '../../kit/problem-box';
import { Shown } from '../../kit/states';
import { toast } from '../../kit/toasts';
import { say } from '../../words/say';
import { useCallback } from 'preact/hooks';
import { WORDS } from './words';

/** Asks once more, with what it would change. */
export function Revoke({
  exclusion,
  onClose,
}: {
  readonly exclusion: ExclusionView;
  readonly onClose: () => void;
}) {
  const words = say(WORDS);
  const path = `/api/v1/exclusions/${exclusion.id}`;
  const dryRun = `${path}?dryRun=true`;
  const load = useCallback(
    (signal: AbortSignal) => send<ImpactView>('DELETE', dryRun, { signal }),
    [dryRun],
  );
  const impact = useLoaded<ImpactView>(`DELETE ${dryRun}`, load);
  const { isBusy, failure, run } = useSending();
  const revoke = () => {
    void run(async () => {
      await send('DELETE', path);
      askAgain((key) => /\/api\/v1\/(exclusions|slos)/.test(key) && !key.startsWith('DELETE'));
      toast(words.revoked);
      onClose();
    });
  };
  return (
    <Dialog title={words.revokeTitle} onClose={onClose}>
      <p>{exclusion.reason}</p>
      <p>{words.revokeText}</p>
      <Shown of={impact}>{(known) => <Impact impact={known} />}</Shown>
      {failure && <ProblemBox failure={failure} />}
      <Actions>
        <Button kind="danger" disabled={isBusy} onClick={revoke}>
          {words.revoke}
        </Button>
        <Button onClick={onClose}>{words.keep}</Button>
      </Actions>
    </Dialog>
  );
}
