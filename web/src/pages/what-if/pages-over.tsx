import { told } from '../../figures/told';
import { SpanStrip } from '../../kit/span-strip';
import { Table } from '../../kit/table';
import { say } from '../../words/say';
import type { Supposed } from './what-if-answer';
import css from './what-if.module.css';
import { WORDS } from './words';

/** The times at which somebody would have been woken, now and with this, and by which tiers. */
export function PagesOver({ now, then }: { readonly now: Supposed; readonly then: Supposed }) {
  const words = say(WORDS);
  const figures = told.value;
  const { sameAs, tiers } = then.policy;
  return (
    <section class={css['card']}>
      <h2>{words.pagesOver}</h2>
      <p class={css['soft']}>
        {words.from(figures.instant(then.from), figures.instant(then.to))}
        {sameAs.length > 0 && `; ${words.sameAs(sameAs.join(', '))}`}
      </p>
      {(
        [
          [words.now, now],
          [words.then, then],
        ] as const
      ).map(([name, { policy, from, to }]) => (
        <div key={name} class={css['strip']}>
          <span>{name}</span>
          <SpanStrip
            label={words.strip(name, policy.pages?.count ?? 0)}
            from={from}
            to={to}
            spans={policy.pages?.spans ?? []}
          />
        </div>
      ))}
      <Table
        caption={words.tierTable}
        rows={tiers}
        keyOf={({ kind, long, short, factor }) => `${kind} ${long} ${short} ${String(factor)}`}
        columns={[
          {
            key: 'kind',
            title: words.kind,
            isName: true,
            cell: ({ kind, severity }) =>
              severity === kind ? words.kinds[kind] : `${words.kinds[kind]} (${severity})`,
          },
          {
            key: 'factor',
            title: words.factor,
            isFigure: true,
            cell: (tier) => figures.burn(tier.factor),
          },
          { key: 'long', title: words.long, isFigure: true, cell: ({ long }) => long },
          { key: 'short', title: words.short, isFigure: true, cell: ({ short }) => short },
          {
            key: 'fired',
            title: words.fired,
            isFigure: true,
            cell: ({ canFire, count }) => (canFire ? figures.count(count) : words.never),
          },
        ]}
      />
    </section>
  );
}
