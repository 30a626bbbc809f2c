import { useEffect, useRef } from 'preact/hooks';
import type { ImpactRow, ImpactView } from '../../../src/exclusions/impact.dto';
import { told } from '../figures/told';
import { Note } from '../kit/section';
import { Table } from '../kit/table';
import { say } from '../words/say';
import css from './impact.module.css';
import { Times } from './times';
import { WORDS } from './words';

/**
 * What a change of exclusions would do: when it is in effect, and the figures before and after. It takes
 * the focus, which was on what asked for it.
 */
export function Impact({ impact }: { readonly impact: ImpactView }) {
  const words = say(WORDS);
  const figures = told.value;
  const { slos, items, exclusion } = impact;
  const changed = items.filter(isChanged);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus();
  }, []);
  const count = (n: number) => `${figures.count(n)} ${figures.plural(n, words.slos)}`;
  return (
    <div class={css['impact']} ref={place} tabIndex={-1} role="group" aria-label={words.impact}>
      <p>
        {words.impactCount(count(slos.length))}{' '}
        {slos.length > items.length && words.impactFirst(figures.count(items.length))}{' '}
        {changed.length === 0 && words.impactNone}
      </p>
      {changed.length > 0 && <Changes rows={changed} />}
      {changed.length > 0 && changed.length < items.length && (
        <Note>{words.impactSame(count(items.length - changed.length))}</Note>
      )}
      {exclusion.rrule !== null && <Times exclusion={exclusion} />}
    </div>
  );
}

function Changes({ rows }: { readonly rows: readonly ImpactRow[] }) {
  const words = say(WORDS);
  const figures = told.value;
  const figure = (
    key: keyof typeof words.columns,
    text: (figures: ImpactRow['before'], row: ImpactRow) => string,
  ) => ({
    key,
    title: words.columns[key],
    isFigure: true,
    cell: (row: ImpactRow) => (
      <Change before={text(row.before, row)} after={text(row.after, row)} />
    ),
  });
  return (
    <Table
      caption={words.impact}
      rows={rows}
      keyOf={({ slo }) => slo}
      columns={[
        { key: 'slo', title: words.columns.slo, isName: true, cell: ({ slo }) => slo },
        {
          key: 'bad',
          title: words.columns.bad,
          isFigure: true,
          cell: ({ before, after }) => figures.difference(after.bad - before.bad),
        },
        figure('left', ({ remainingRatio }) => figures.remaining(remainingRatio)),
        figure('sli', ({ sli }, { objective }) => figures.sli(sli, objective)),
        figure('burn', ({ burnRates }) => figures.burn(burnRates['1h'] ?? null)),
      ]}
    />
  );
}

/** An arrow for those who see it, a sentence for those who hear it. */
function Change({ before, after }: { readonly before: string; readonly after: string }) {
  if (before === after) return <>{after}</>;
  return (
    <>
      <span class="unseen">{say(WORDS).fromTo(before, after)}</span>
      <span aria-hidden="true">
        {before} → <strong>{after}</strong>
      </span>
    </>
  );
}

function isChanged({ before, after }: ImpactRow): boolean {
  return (['sli', 'remainingRatio', 'bad'] as const).some((name) => before[name] !== after[name]);
}
