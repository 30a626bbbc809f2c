import type { BudgetView, BurnRatesView } from '../../../../src/slos/view-types';
import { told } from '../../figures/told';
import { BudgetBar } from '../../kit/budget-bar';
import { Hint } from '../../kit/hint';
import { Icon } from '../../kit/icons';
import { StatusBadge } from '../../kit/status';
import { COMMON } from '../../words/common';
import { say } from '../../words/say';
import { WINDOW_WORDS, windowText } from '../../words/window-text';
import css from './head.module.css';
import { WORDS } from './words';

/** What is left of the budget, in per cent, in time and in events; and how sure that is. */
export function BudgetFact({ view }: { readonly view: BudgetView }) {
  const words = say(WORDS);
  const figures = told.value;
  const { budget, coverage, status, raw, window } = view;
  const { remainingRatioWorst: worst, remainingRatioBest: best } = coverage;
  const isUnsure = worst !== null && best !== null && best - worst >= LEAST_DOUBT;
  return (
    <section class={css['fact']} aria-labelledby="left">
      <h2 id="left" class={css['name']}>
        {words.budget}
      </h2>
      <p class={css['main']}>
        <span class={css['figure']}>{figures.remaining(budget.remainingRatio)}</span>
        <StatusBadge status={status} />
      </p>
      <BudgetBar remainingRatio={budget.remainingRatio} coverage={coverage} status={status} />
      <p>{sizeText(budget, windowText(say(WINDOW_WORDS), window.duration).over)}</p>
      {isUnsure && (
        <p>
          {words.band(
            figures.remaining(worst),
            figures.remaining(best),
            figures.coverage(coverage.ratio),
          )}
        </p>
      )}
      {raw.remainingRatio !== budget.remainingRatio && (
        <p>{words.rawBudget(figures.remaining(raw.remainingRatio))}</p>
      )}
      {view.reason !== null && (
        <p>
          {words.reasonTitle}: {figures.sentence(view.reason)}
        </p>
      )}
    </section>
  );
}

/** What is left, or spent too much, as time and as events. */
function sizeText(budget: BudgetView['budget'], over: string): string {
  const words = say(WORDS);
  const figures = told.value;
  const { remainingSeconds, totalSeconds, remainingBad, allowedBad } = budget;
  const [whole, allowed] = [figures.duration(totalSeconds), figures.countLeft(allowedBad)];
  const time =
    (remainingSeconds ?? 0) < 0
      ? words.timeOver(figures.durationOver(-(remainingSeconds ?? 0)), `${whole} ${over}`)
      : `${words.budgetLine(figures.durationLeft(remainingSeconds), whole)} ${over}`;
  const events =
    (remainingBad ?? 0) < 0
      ? words.eventsOver(figures.countOver(-(remainingBad ?? 0)), allowed)
      : words.budgetEvents(figures.countLeft(remainingBad), allowed);
  return `${time} · ${events}`;
}

/** Narrower bands change no decision. */
const LEAST_DOUBT = 0.01;

/** What is promised, and what was achieved. */
export function SliFact({ view }: { readonly view: BudgetView }) {
  const words = say(WORDS);
  const figures = told.value;
  const { sli, objective, raw, window, events } = view;
  return (
    <section class={css['fact']} aria-labelledby="sli">
      <h2 id="sli" class={css['name']}>
        {words.sli}{' '}
        <span class={css['soft']}>{windowText(say(WINDOW_WORDS), window.duration).over}</span>
      </h2>
      <p class={css['main']}>
        <span class={css['figure']}>{figures.sli(sli, objective)}</span>
      </p>
      <p>
        {words.objective} {figures.objective(objective)}
      </p>
      <p>
        {figures.count(events.good)} / {figures.count(events.total)}
      </p>
      {raw.sli !== sli && <p>{words.seen(figures.sli(raw.sli, objective))}</p>}
    </section>
  );
}

/** The burn over every window that is told. */
export function BurnFact({ view }: { readonly view: BurnRatesView }) {
  const words = say(WORDS);
  const figures = told.value;
  const factors = new Map(view.alerts.map(({ long, factor }) => [long, factor]));
  return (
    <section class={css['fact']} aria-labelledby="burn">
      <h2 id="burn" class={css['name']}>
        {words.burn}
        <Hint label={`${say(COMMON).more}: ${words.burn}`}>{words.burnText}</Hint>
      </h2>
      <dl class={css['burns']}>
        {Object.entries(view.windows).map(([window, { burnRate, reason }]) => {
          const isOver = burnRate !== null && burnRate > (factors.get(window) ?? Infinity);
          return (
            <div key={window} class={isOver ? css['over'] : undefined}>
              <dt>{window}</dt>
              <dd title={reason === null ? undefined : figures.sentence(reason)}>
                {isOver && <Icon name="at_risk" />} {figures.burn(burnRate)}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
