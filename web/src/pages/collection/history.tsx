import { useState } from 'preact/hooks';
import type { BackfillView } from '../../../../src/collection/collection-views';
import { told } from '../../figures/told';
import { ButtonFor } from '../../kit/button';
import { Progress } from '../../kit/progress';
import { Note, Section } from '../../kit/section';
import { say } from '../../words/say';
import { AskHistory } from './ask-history';
import { WORDS } from './words';

/** How much of the history is read, and more of it for who asks. */
export function History({ backfill: { done, total } }: { readonly backfill: BackfillView }) {
  const words = say(WORDS);
  const [isAsking, setAsking] = useState(false);
  const ratio = total === 0 ? 1 : Math.min(1, done / total);
  return (
    <Section
      title={words.backfill}
      aside={
        <ButtonFor
          role="admin"
          onClick={() => {
            setAsking(true);
          }}
        >
          {words.ask}
        </ButtonFor>
      }
    >
      <Note>{ratio === 1 ? words.backfillDone : words.backfillAbout}</Note>
      <Progress
        label={words.backfillLabel}
        ratio={ratio}
        text={ratio === 1 ? '100%' : told.value.coverage(ratio)}
      />
      {isAsking && (
        <AskHistory
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </Section>
  );
}
