import type { ImpactFiguresView, ImpactView } from '../../../../src/exclusions/impact.dto';
import type { Answer } from '../../api/answers';
import { told } from '../../figures/told';
import { Loading } from '../../kit/states';
import { Table } from '../../kit/table';
import { say } from '../../words/say';
import { CHANGE_WORDS } from './change-words';
import css from './change.module.css';

/** What an exclusion would change of an SLO's figures, before it is made. */
export function Impact({ of, slo }: { readonly of: Answer<ImpactView>; readonly slo: string }) {
  const words = say(CHANGE_WORDS);
  const figures = told.value;
  if (of.failure !== undefined) {
    return (
      <p class={css['problem']} role="alert">
        {of.failure.problem.detail}
      </p>
    );
  }
  if (of.data === undefined) return of.pending ? <Loading /> : null;
  const { items, slos } = of.data;
  const row = items.find((each) => each.slo === slo);
  if (row === undefined) return null;
  const { before, after } = row;
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  const tell: readonly (readonly [string, (one: ImpactFiguresView) => string])[] = [
    [words.rows.left, (one) => figures.remaining(one.remainingRatio)],
    [words.rows.sli, (one) => figures.sli(one.sli, 0.9999)],
    [words.rows.bad, (one) => figures.count(one.bad)],
    [words.rows.total, (one) => figures.count(one.total)],
    [words.rows.burn, (one) => figures.burn(one.burnRates['1h'] ?? null)],
  ];
  return (
    <section class={css['impact']} aria-live="polite">
      <h3>{words.impact}</h3>
      {slos.length > 1 && <p>{words.moreSlos(figures.count(slos.length))}</p>}
      {isSame ? (
        <p>{words.noImpact}</p>
      ) : (
        <Table
          caption={words.impactAll}
          rows={tell}
          keyOf={([name]) => name}
          columns={[
            { key: 'figure', title: words.impactAll, isName: true, cell: ([name]) => name },
            { key: 'before', title: words.before, isFigure: true, cell: ([, one]) => one(before) },
            { key: 'after', title: words.after, isFigure: true, cell: ([, one]) => one(after) },
          ]}
        />
      )}
    </section>
  );
}
