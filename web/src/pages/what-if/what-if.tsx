import { Page as Framed } from '../../kit/page';
import { Button } from '../../kit/button';
import { ProblemBox } from '../../kit/problem-box';
import { Empty, Failed, Loading } from '../../kit/states';
import { nameOf } from '../../figures/group-text';
import { told } from '../../figures/told';
import { query } from '../../router/place';
import { groupOf, groupQuery, sloOf, sloPath } from '../../router/slo-path';
import type { PageProps } from '../../router/page-props';
import { say } from '../../words/say';
import { type Choice, choiceOf, choose } from './choice';
import { Comparison } from './comparison';
import { ObjectiveField } from './objective-field';
import { PagesOver } from './pages-over';
import { PolicyField } from './policy-field';
import { Strictest } from './strictest';
import { useSupposed } from './what-if-answer';
import css from './what-if.module.css';
import { WORDS } from './words';

const AS_DEFINED: Choice = { objective: null, policy: 'in-force', tiers: [] };
const NOT_FOUND = 404;

/** An SLO by another objective and other alerts, beside how it is. */
export function Page({ params }: PageProps) {
  const words = say(WORDS);
  const slo = sloOf(params);
  const group = groupOf(query.value);
  const labels = new URLSearchParams(groupQuery(group)).toString();
  const choice = choiceOf(query.value);
  const now = useSupposed(slo, labels, AS_DEFINED);
  const then = useSupposed(slo, labels, choice);
  const title = words.titleOf(nameOf(slo, group));
  const toSlo = <a href={sloPath(slo, group)}>{words.toSlo}</a>;
  if (now.data === undefined) {
    return (
      <Framed title={title} aside={toSlo}>
        {now.failure === undefined ? (
          <Loading />
        ) : now.failure.status === NOT_FOUND ? (
          <Empty title={words.nothingCounted}>
            {told.value.sentence(now.failure.problem.detail)}
          </Empty>
        ) : (
          <Failed failure={now.failure} again={now.again} />
        )}
      </Framed>
    );
  }
  const own = now.data.budget.ownObjective;
  const supposed = then.data ?? now.data;
  return (
    <Framed title={title} aside={toSlo}>
      <div class={css['columns']}>
        <form
          class={css['form']}
          onSubmit={(event) => {
            event.preventDefault();
          }}
        >
          <ObjectiveField objective={choice.objective} own={own} />
          <PolicyField choice={choice} shown={supposed.policy} />
          <div>
            <Button
              onClick={() => {
                choose(AS_DEFINED);
              }}
            >
              {words.reset}
            </Button>
          </div>
        </form>
        <div class={css['answer']} aria-busy={then.pending}>
          {then.failure && <ProblemBox failure={then.failure} title={words.refused} />}
          <Comparison now={now.data} then={supposed} />
          <Strictest of={supposed.budget} />
          <PagesOver now={now.data} then={supposed} />
        </div>
      </div>
    </Framed>
  );
}
