import { useState } from 'preact/hooks';
import type { ImpactView } from '../../../src/exclusions/impact.dto';
import { askAgain } from '../api/answers';
import { send } from '../api/client';
import { useSending } from '../api/sending';
import { Button, ButtonFor } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Actions, Form } from '../kit/form';
import { ProblemBox } from '../kit/problem-box';
import { toast } from '../kit/toasts';
import { zone } from '../settings/settings';
import { me } from '../session/session';
import { say } from '../words/say';
import { bodyOf, type Draft, type Missing, missingIn, newDraft } from './draft';
import { Impact } from './impact';
import { ScopeFields } from './scope-fields';
import { WhenFields } from './when-fields';
import { WhyFields } from './why-fields';
import { WORDS } from './words';
import { localZone } from './zoned-time';

const PATH = '/api/v1/exclusions';

interface Props {
  readonly title: string;
  /** What is known already: an SLO, the span that was dragged over. */
  readonly given?: Partial<Draft>;
  readonly onClose: () => void;
}

/** Excludes time: first says what that would change, then does it. */
export function ExclusionDialog({ title, given, onClose }: Props) {
  const words = say(WORDS);
  const [draft, setDraft] = useState(() =>
    newDraft(Date.now(), zone.peek() === 'utc' ? 'UTC' : localZone(), given),
  );
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const [impact, setImpact] = useState<ImpactView | null>(null);
  const { isBusy, failure, run, forget } = useSending();
  const change = (changes: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...changes }));
    setMissing([]);
    forget();
  };
  const check = () => {
    const without = missingIn(draft, me.value?.auth === 'none');
    setMissing(without);
    if (without.length > 0) return;
    void run(async () => {
      setImpact(await send<ImpactView>('POST', `${PATH}?dryRun=true`, { body: bodyOf(draft) }));
    });
  };
  const save = () => {
    void run(async () => {
      await send('POST', PATH, { body: bodyOf(draft) });
      askAgain((key) => /\/api\/v1\/(exclusions|slos)/.test(key));
      toast(words.saved);
      onClose();
    });
  };
  const fields = { draft, missing, failure, change };
  return (
    <Dialog title={title} onClose={onClose}>
      {impact === null ? (
        <Form onSubmit={check}>
          <ScopeFields {...fields} />
          <WhenFields {...fields} />
          <WhyFields {...fields} />
          {failure && <ProblemBox failure={failure} />}
          <Actions>
            <ButtonFor role="editor" kind="main" type="submit" disabled={isBusy}>
              {words.check}
            </ButtonFor>
          </Actions>
        </Form>
      ) : (
        <Form onSubmit={save}>
          <Impact impact={impact} />
          {failure && <ProblemBox failure={failure} />}
          <Actions>
            <ButtonFor role="editor" kind="main" type="submit" disabled={isBusy}>
              {words.save}
            </ButtonFor>
            <Button
              onClick={() => {
                forget();
                setImpact(null);
              }}
            >
              {words.back}
            </Button>
          </Actions>
        </Form>
      )}
    </Dialog>
  );
}
