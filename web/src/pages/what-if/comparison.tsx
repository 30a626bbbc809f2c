import type { ComponentChildren } from 'preact';
import { told } from '../../figures/told';
import { BudgetBar } from '../../kit/budget-bar';
import { StatusBadge } from '../../kit/status';
import { Table } from '../../kit/table';
import { say } from '../../words/say';
import type { Supposed } from './what-if-answer';
import css from './what-if.module.css';
import { WORDS } from './words';

interface Row {
  readonly key: string;
  readonly title: string;
  readonly cell: (of: Supposed) => ComponentChildren;
}

/** How it is and how it would be, figure by figure. */
export function Comparison({ now, then }: { readonly now: Supposed; readonly then: Supposed }) {
  const words = say(WORDS);
  return (
    <Table
      caption={words.comparison}
      rows={rows()}
      keyOf={({ key }) => key}
      columns={[
        { key: 'figure', title: words.figure, isName: true, cell: ({ title }) => title },
        { key: 'now', title: words.now, isFigure: true, cell: ({ cell }) => cell(now) },
        {
          key: 'then',
          title: words.then,
          isFigure: true,
          cell: ({ cell }) => <span class={css['then']}>{cell(then)}</span>,
        },
      ]}
    />
  );
}

function rows(): readonly Row[] {
  const { rows: titles, objective } = say(WORDS);
  const figures = told.value;
  const row = (key: keyof typeof titles, cell: Row['cell']): Row => ({
    key,
    title: titles[key],
    cell,
  });
  return [
    {
      key: 'objective',
      title: objective,
      cell: ({ budget }) => figures.objective(Number(budget.objective)),
    },
    row('budget', ({ budget: { budget } }) => (
      <>
        {figures.remaining(budget.budget.remainingRatio)}
        {budget.reason !== null && (
          <span class={css['why']}>{figures.sentence(budget.reason)}</span>
        )}
      </>
    )),
    row('bar', ({ budget: { budget } }) => (
      <span class={css['bar']}>
        <BudgetBar
          remainingRatio={budget.budget.remainingRatio}
          coverage={budget.coverage}
          status={budget.status}
        />
        <StatusBadge status={budget.status} />
      </span>
    )),
    row('allowed', ({ budget: { budget } }) => figures.count(budget.budget.allowedBad)),
    row('pages', ({ policy: { pages, reason } }) =>
      reason === null ? figures.count(pages?.perMonth ?? null, 1) : figures.sentence(reason),
    ),
    row('detection', ({ policy: { noticed } }) =>
      figures.duration(noticed?.medianDetectionSeconds ?? null),
    ),
    row('worst', ({ policy: { noticed } }) =>
      figures.duration(noticed?.worstDetectionSeconds ?? null),
    ),
    row('spent', ({ policy: { pages } }) => figures.consumed(pages?.spentBeforeFirstRatio ?? null)),
    row('tickets', ({ policy: { tickets } }) => figures.count(tickets?.perMonth ?? null, 1)),
    row('unpaged', ({ policy: { noticed } }) => figures.count(noticed?.unpaged ?? null)),
    row('unpagedSpent', ({ policy: { noticed } }) =>
      figures.consumed(noticed?.unpagedSpentRatio ?? null),
    ),
  ];
}
