import { useState } from 'preact/hooks';
import type { CreateExclusion } from '../../../src/exclusions/exclusions.dto';
import type { ImpactView } from '../../../src/exclusions/impact.dto';
import { askAgain } from '../api/answers';
import { send } from '../api/client';
import { useSending } from '../api/sending';
import { Button, ButtonFor } from '../kit/button';
import { Dialog } from '../kit/dialog';
import { Actions, Form } from '../kit/form';
import { ProblemBox } from '../kit/problem-box';
import { toast } from '../kit/toasts';
import { me } from '../session/session';
import { chosenZone } from '../settings/chosen-zone';
import { say } from '../words/say';
import { bodyOf, type Draft, type Missing, missingIn, newDraft } from './draft';
import { Impact } from './impact';
import { ScopeFields } from './scope-fields';
import { WhenFields } from './when-fields';
import { WhyFields } from './why-fields';
import { WORDS } from './words';

const PATH = '/api/v1/exclusions';

interface Props {
  readonly title: string;
  /** What is known already: an SLO, the span that was dragged over. */
  readonly given?: Partial<Draft>;
  readonly onClose: () => void;
}

/** What was asked about, and what it would change: that, and nothing else, is then saved. */
interface Checked {
  readonly body: CreateExclusion;
  readonly impact: ImpactView;
}

/** Excludes time: first says what that would change, then does it. */
export function ExclusionDialog({ title, given, onClose }: Props) {
  const words = say(WORDS);
  const [draft, setDraft] = useState(() => newDraft(Date.now(), chosenZone(), given));
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const [checked, setChecked] = useState<Checked | null>(null);
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
    const body = bodyOf(draft);
    void run(async () => {
      const impact = await send<ImpactView>('POST', `${PATH}?dryRun=true`, { body });
      setChecked({ body, impact });
    });
  };
  const save = ({ body }: Checked) => {
    void run(async () => {
      await send('POST', PATH, { body });
      askAgain((key) => /\/api\/v1\/(exclusions|slos)/.test(key));
      toast(words.saved);
      onClose();
    });
  };
  const fields = { draft, missing, failure, change };
  return (
    <Dialog title={title} onClose={onClose}>
      {checked === null ? (
        <Form onSubmit={check} isBusy={isBusy}>
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
        <Form
          onSubmit={() => {
            save(checked);
          }}
          isBusy={isBusy}
        >
          <Impact impact={checked.impact} />
          {failure && <ProblemBox failure={failure} />}
          <Actions>
            <ButtonFor role="editor" kind="main" type="submit" disabled={isBusy}>
              {words.save}
            </ButtonFor>
            <Button
              onClick={() => {
                forget();
                setChecked(null);
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
