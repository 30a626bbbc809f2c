import type { TokenView } from '../../../../src/auth/tokens.dto';
import { askAgain } from '../../api/answers';
import { send } from '../../api/client';
import { useSending } from '../../api/sending';
import { Button } from '../../kit/button';
import { Dialog } from '../../kit/dialog';
import { Actions } from '../../kit/form';
import { ProblemBox } from '../../kit/problem-box';
import { toast } from '../../kit/toasts';
import { say } from '../../words/say';
import { WORDS } from './words';

export function RevokeToken({
  token: { id, name },
  onClose,
}: {
  readonly token: TokenView;
  readonly onClose: () => void;
}) {
  const words = say(WORDS);
  const { isBusy, failure, run } = useSending();
  const revoke = () => {
    void run(async () => {
      await send('DELETE', `/api/v1/tokens/${id}`);
      askAgain((key) => /\/api\/v1\/(tokens|audit)/.test(key));
      toast(words.revoked);
      onClose();
    });
  };
  return (
    <Dialog title={words.revokeTitle(name)} onClose={onClose}>
      <p>{words.revokeText}</p>
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
