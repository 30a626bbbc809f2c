import { useState } from 'preact/hooks';
import type { ChainVerdictView } from '../../../../src/reports/closed-reports.dto';
import { useAnswer } from '../../api/answers';
import { told } from '../../figures/told';
import { Button } from '../../kit/button';
import { Icon } from '../../kit/icons';
import { Note } from '../../kit/section';
import { Failed } from '../../kit/states';
import { say } from '../../words/say';
import css from './reports.module.css';
import { WORDS } from './words';

/** Has the service recompute every hash; asked for, since it reads all that is closed. */
export function Chain({ closed }: { readonly closed: number }) {
  const { chain } = say(WORDS);
  const [isAsked, setAsked] = useState(false);
  const verdict = useAnswer<ChainVerdictView>(isAsked ? '/api/v1/reports/verify' : null);
  if (closed === 0) return <Note>{chain.none}</Note>;
  return (
    <div class={css['downloads']}>
      <Button
        disabled={isAsked && verdict.pending}
        onClick={() => {
          if (isAsked) verdict.again();
          setAsked(true);
        }}
      >
        {chain.check}
      </Button>
      <div role="status">
        {isAsked && verdict.pending && chain.checking}
        {verdict.data && !verdict.pending && <Verdict verdict={verdict.data} />}
      </div>
      {verdict.failure && <Failed failure={verdict.failure} again={verdict.again} />}
    </div>
  );
}

function Verdict({ verdict: { checked, fault } }: { readonly verdict: ChainVerdictView }) {
  const { chain } = say(WORDS);
  const figures = told.value;
  return (
    <p class={css['verdict']}>
      <Icon name={fault === null ? 'healthy' : 'critical'} />
      {fault === null
        ? chain.good(figures.count(checked))
        : chain.bad(figures.month(fault.month), String(fault.revision), fault.reason)}
    </p>
  );
}
