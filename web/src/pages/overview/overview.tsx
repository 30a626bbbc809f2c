import type { SloPage, SloRow } from '../../../../src/slos/view-types';
import { useAnswer } from '../../api/answers';
import { told } from '../../figures/told';
import { BudgetBar } from '../../kit/budget-bar';
import { Page as Framed } from '../../kit/page';
import { Empty, Shown } from '../../kit/states';
import { StatusBadge } from '../../kit/status';
import { Table } from '../../kit/table';
import { sloPath } from '../../router/slo-path';
import { say } from '../../words/say';
import { WORDS } from './words';

export function Page() {
  const words = say(WORDS);
  const slos = useAnswer<SloPage>('/api/v1/slos?sort=status&limit=1000', { live: true });
  return (
    <Framed title={words.title}>
      <Shown of={slos}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.none}>{words.noneText}</Empty>
          ) : (
            <Rows rows={items} />
          )
        }
      </Shown>
    </Framed>
  );
}

function Rows({ rows }: { readonly rows: readonly SloRow[] }) {
  const { title, columns } = say(WORDS);
  const figures = told.value;
  return (
    <Table
      caption={title}
      rows={rows}
      keyOf={({ slo, group }) => sloPath(slo, group)}
      columns={[
        {
          key: 'slo',
          title: columns.slo,
          isName: true,
          cell: ({ slo, group }) => (
            <a href={sloPath(slo, group)}>{[slo, ...Object.values(group ?? {})].join(' ')}</a>
          ),
        },
        {
          key: 'status',
          title: columns.status,
          cell: ({ status }) => <StatusBadge status={status} />,
        },
        {
          key: 'objective',
          title: columns.objective,
          isFigure: true,
          cell: ({ objective }) => figures.objective(objective),
        },
        {
          key: 'sli',
          title: columns.sli,
          isFigure: true,
          cell: ({ sli, objective }) => figures.sli(sli, objective),
        },
        {
          key: 'bar',
          title: columns.budget,
          cell: ({ budget, coverage, status }) => (
            <BudgetBar remainingRatio={budget.remainingRatio} coverage={coverage} status={status} />
          ),
        },
        {
          key: 'left',
          title: columns.budget,
          isFigure: true,
          cell: ({ budget }) => figures.remaining(budget.remainingRatio),
        },
        {
          key: 'burn',
          title: columns.burn,
          isFigure: true,
          cell: ({ burnRates }) => figures.burn(burnRates['1h'] ?? null),
        },
      ]}
    />
  );
}
