import { useMemo } from 'preact/hooks';
import type { SloView } from '../../../../src/slos/view-types';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { nameOf } from '../../figures/group-text';
import { told } from '../../figures/told';
import { Page as Framed } from '../../kit/page';
import { Empty, Shown } from '../../kit/states';
import { query } from '../../router/place';
import { groupOf, sloOf } from '../../router/slo-path';
import type { PageProps } from '../../router/page-props';
import { COMMON } from '../../words/common';
import { say } from '../../words/say';
import { Slo } from './slo-body';
import { HeadLinks } from './head-links';
import { WORDS } from './words';

const NOT_FOUND = 404;

/** One SLO, or one of its groups: how it does, what spent its budget, what becomes of it. */
export function Page({ params }: PageProps) {
  const slo = sloOf(params);
  const answer = useAnswer<SloView>(`/api/v1/slos/${slo}?retired=true`, { follows: tick });
  // The same object as long as it is the same group.
  const chosen = JSON.stringify(groupOf(query.value));
  const group = useMemo(() => JSON.parse(chosen) as ReturnType<typeof groupOf>, [chosen]);
  const { data, failure } = answer;
  return (
    <Framed title={nameOf(slo, group)} aside={data && <HeadLinks view={data} group={group} />}>
      {data === undefined && failure?.status === NOT_FOUND ? (
        <Unknown text={failure.problem.detail} />
      ) : (
        <Shown of={answer}>{(view) => <Slo view={view} group={group} />}</Shown>
      )}
    </Framed>
  );
}

function Unknown({ text }: { readonly text: string }) {
  const words = say(WORDS);
  return (
    <Empty title={words.unknown}>
      <p>{told.value.sentence(text)}</p>
      <p>
        <a href="/">{say(COMMON).toOverview}</a> · <a href="/definitions">{words.toDefinitions}</a>
      </p>
    </Empty>
  );
}
