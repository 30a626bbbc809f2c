import type { SloPage } from '../../../../src/slos/view-types';
import { useAnswer } from '../../api/answers';
import { told } from '../../figures/told';
import { Page as Framed } from '../../kit/page';
import { Empty, Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { sloPath } from '../../router/slo-path';
import { say } from '../../words/say';
import { WORDS } from './words';

/** Of which SLO it is asked. */
export function Page() {
  const words = say(WORDS);
  const slos = useAnswer<SloPage>('/api/v1/slos?sort=name&limit=1000');
  return (
    <Framed title={words.title}>
      <p>{words.choose}</p>
      <Shown of={slos}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.none}>
              <p>{words.noneText}</p>
              <p>
                <a href="/definitions">{words.toDefinitions}</a>
              </p>
            </Empty>
          ) : (
            <Table
              caption={words.title}
              rows={items}
              keyOf={({ slo, group }) => sloPath(slo, group)}
              columns={[
                {
                  key: 'slo',
                  title: words.slo,
                  isName: true,
                  cell: ({ slo, group }) => (
                    <a href={sloPath(slo, group).replace('/slos/', '/what-if/')}>
                      <bdi>{[slo, ...Object.values(group ?? {})].join(' ')}</bdi>
                    </a>
                  ),
                },
                {
                  key: 'objective',
                  title: words.objective,
                  isFigure: true,
                  cell: ({ objective }) => told.value.objective(objective),
                },
                {
                  key: 'left',
                  title: words.rows.budget,
                  isFigure: true,
                  cell: ({ budget }) => told.value.remaining(budget.remainingRatio),
                },
              ]}
            />
          )
        }
      </Shown>
    </Framed>
  );
}
