import { useEffect, useState } from 'preact/hooks';
import type { DefinitionChangesView } from '../../../../src/authoring/definition-views';
import { askAgain } from '../../api/answers';
import { send } from '../../api/client';
import { Button, ButtonFor } from '../../kit/button';
import { Dialog } from '../../kit/dialog';
import { toast } from '../../kit/toasts';
import { goTo } from '../../router/place';
import { COMMON } from '../../words/common';
import { say } from '../../words/say';
import { useAsking } from './asking';
import { ChangeTable } from './change-table';
import css from './definitions.module.css';
import { FailureNotice } from './failure-notice';
import { WORDS } from './words';

interface Props {
  readonly slo: string;
  readonly etag: string;
}

/** Takes an SLO of the API out of force, after saying what that means. */
export function Retire(props: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ButtonFor
        role="editor"
        kind="danger"
        onClick={() => {
          setOpen(true);
        }}
      >
        {say(WORDS).retire}
      </ButtonFor>
      {isOpen && (
        <Confirmation
          {...props}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function Confirmation({ slo, etag, onClose }: Props & { readonly onClose: () => void }) {
  const words = say(WORDS);
  const plan = useAsking<DefinitionChangesView>();
  const done = useAsking<DefinitionChangesView>();
  const ask = (dryRun: boolean) => (signal: AbortSignal) =>
    send<DefinitionChangesView>('DELETE', `/api/v1/definitions/${slo}?dryRun=${String(dryRun)}`, {
      ifMatch: etag,
      signal,
    });
  useEffect(() => {
    void plan.start(ask(true));
  }, []);
  const retire = async () => {
    if ((await done.start(ask(false))) === null) return;
    toast(words.retired(slo));
    askAgain((key) => key.startsWith('/api/v1/definitions?') || key.startsWith('/api/v1/slos'));
    goTo('/definitions');
  };
  return (
    <Dialog title={words.retireTitle(slo)} onClose={onClose}>
      <p>{words.retireText}</p>
      {plan.state.kind === 'answered' && (
        <>
          <ChangeTable changes={plan.state.data} />
          {plan.state.data.warnings.map(({ message }) => (
            <p key={message} class={css['warned']}>
              <bdi>{message}</bdi>
            </p>
          ))}
        </>
      )}
      {[plan.state, done.state].map(
        (state, k) =>
          state.kind === 'refused' && (
            <FailureNotice key={k} failure={state.failure} onGoTo={onClose} />
          ),
      )}
      <div class={css['actions']}>
        <Button
          kind="danger"
          disabled={plan.state.kind !== 'answered' || done.state.kind === 'pending'}
          onClick={() => void retire()}
        >
          {words.retire}
        </Button>
        <Button onClick={onClose}>{say(COMMON).close}</Button>
      </div>
    </Dialog>
  );
}
