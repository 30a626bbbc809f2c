import type {
  ClosedReportsPage,
  ListedReportView,
} from '../../../../src/reports/closed-reports.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { told } from '../../figures/told';
import { Field } from '../../kit/field';
import { Page as Framed } from '../../kit/page';
import { Note } from '../../kit/section';
import { Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { Tag } from '../../kit/tag';
import { goTo } from '../../router/place';
import { say } from '../../words/say';
import { Chain } from './chain';
import { isMonth, type MonthRow, monthOf, monthRows } from './months';
import css from './reports.module.css';
import { WORDS } from './words';

/** The months, with what is closed of them. */
export function Page() {
  const words = say(WORDS);
  const answer = useAnswer<ClosedReportsPage>('/api/v1/reports', { follows: tick });
  return (
    <Framed title={words.title} aside={<OtherMonth />}>
      <Note>{words.about}</Note>
      <Shown of={answer}>
        {({ items }) => (
          <>
            <Months rows={monthRows(items, Date.now())} />
            <Chain closed={items.length} />
          </>
        )}
      </Shown>
    </Framed>
  );
}

function OtherMonth() {
  return (
    <Field label={say(WORDS).other}>
      <input
        type="month"
        max={monthOf(Date.now())}
        onChange={({ currentTarget }) => {
          if (isMonth(currentTarget.value)) goTo(`/reports/${currentTarget.value}`);
        }}
      />
    </Field>
  );
}

function Months({ rows }: { readonly rows: readonly MonthRow[] }) {
  const words = say(WORDS);
  const { columns } = words;
  const figures = told.value;
  return (
    <Table
      caption={words.months}
      rows={rows}
      keyOf={({ month }) => month}
      columns={[
        {
          key: 'month',
          title: columns.month,
          isName: true,
          cell: ({ month }) => <a href={`/reports/${month}`}>{figures.month(month)}</a>,
        },
        { key: 'state', title: columns.state, cell: (row) => <State row={row} /> },
        {
          key: 'revision',
          title: columns.revision,
          isFigure: true,
          cell: ({ closed }) => closed?.revision ?? '–',
        },
        {
          key: 'closed',
          title: columns.closed,
          cell: ({ closed, isOver }) =>
            closed === null ? (
              <span class={css['soft']}>{isOver ? words.over : words.now}</span>
            ) : (
              <>
                {figures.instant(closed.closedAt)}
                <span class={css['soft']}>{words.by(closed.author)}</span>
              </>
            ),
        },
        {
          key: 'reason',
          title: columns.reason,
          cell: ({ closed }) => <span class={css['reason']}>{closed?.reason ?? '–'}</span>,
        },
        { key: 'had', title: columns.had, cell: ({ closed }) => <Deliveries of={closed} /> },
        {
          key: 'hash',
          title: columns.hash,
          cell: ({ closed }) => (
            <span class={css['hash']}>{closed === null ? '–' : closed.hash.slice(0, 12)}</span>
          ),
        },
      ]}
    />
  );
}

function State({ row: { closed, isOver } }: { readonly row: MonthRow }) {
  const { states } = say(WORDS);
  if (closed !== null) {
    return (
      <Tag tone="good" icon="healthy">
        {states.closed}
      </Tag>
    );
  }
  return <Tag icon="info">{isOver ? states.none : states.interim}</Tag>;
}

function Deliveries({ of }: { readonly of: ListedReportView | null }) {
  const words = say(WORDS);
  const deliveries = of?.deliveries ?? [];
  if (deliveries.length === 0) return <>–</>;
  return (
    <ul>
      {deliveries.map(({ target, state, error }) => (
        <li key={target}>
          {target}: {words.deliveries[state]}
          {error !== null && <span class={css['soft']}>{error}</span>}
        </li>
      ))}
    </ul>
  );
}
