import type { WhatIfView } from '../../../../src/slos/what-if-view-types';
import { told } from '../../figures/told';
import { Button } from '../../kit/button';
import { say } from '../../words/say';
import { choose } from './choice';
import css from './what-if.module.css';
import { WORDS } from './words';

/** What could have been promised and kept. */
export function Strictest({ of }: { readonly of: WhatIfView }) {
  const words = say(WORDS);
  return (
    <section class={css['card']}>
      <h2>{words.strictest}</h2>
      <dl class={css['facts']}>
        <Fact name={words.strictestNow} strictest={of.strictestObjective} />
        <Fact name={words.strictestAll} strictest={of.strictestObjectiveThroughout} />
      </dl>
    </section>
  );
}

function Fact({
  name,
  strictest: { objective, reason },
}: {
  readonly name: string;
  readonly strictest: WhatIfView['strictestObjective'];
}) {
  const words = say(WORDS);
  const text = objective === null ? null : told.value.objective(Number(objective));
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {text ?? reason}
        {objective !== null && text !== null && (
          <Button
            class={css['try']}
            onClick={() => {
              choose({ objective });
            }}
          >
            {words.tryIt(text)}
          </Button>
        )}
      </dd>
    </>
  );
}
