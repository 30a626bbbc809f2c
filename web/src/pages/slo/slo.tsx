import { useMemo } from 'preact/hooks';
import type { SloView } from '../../../../src/slos/view-types';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { Page as Framed } from '../../kit/page';
import { Shown } from '../../kit/states';
import { query } from '../../router/place';
import { groupOf } from '../../router/slo-path';
import type { PageProps } from '../../router/page-props';
import { sloOf } from './address';
import { Slo } from './slo-body';
import { HeadLinks } from './head-links';

/** One SLO, or one of its groups: how it does, what spent its budget, what becomes of it. */
export function Page({ params }: PageProps) {
  const slo = sloOf(params);
  const answer = useAnswer<SloView>(`/api/v1/slos/${slo}?retired=true`, { follows: tick });
  // The same object as long as it is the same group.
  const chosen = JSON.stringify(groupOf(query.value));
  const group = useMemo(() => JSON.parse(chosen) as ReturnType<typeof groupOf>, [chosen]);
  return (
    <Framed title={slo} aside={answer.data && <HeadLinks view={answer.data} />}>
      <Shown of={answer}>{(view) => <Slo view={view} group={group} />}</Shown>
    </Framed>
  );
}
