import type { PreviewedGroupView, PreviewView } from '../../../../src/preview/preview-view-types';
import { told } from '../../figures/told';
import { BudgetBar } from '../../kit/budget-bar';
import { LineChart } from '../../kit/line-chart';
import { SpanStrip } from '../../kit/span-strip';
import { StatusBadge } from '../../kit/status';
import { say } from '../../words/say';
import css from './definitions.module.css';
import { burnScale, leftScale, medianDetection } from './preview-figures';
import { WORDS } from './words';

/** What definitions would have said of the last 30 days. */
export function Preview({ of }: { readonly of: PreviewView }) {
  const words = say(WORDS);
  return (
    <section class={css['part']} aria-label={words.previewed}>
      <h2>{words.previewed}</h2>
      {of.items.map(({ slo, reason, warnings, groups }) => (
        <section key={slo} class={css['part']}>
          <h3>{slo}</h3>
          {reason !== null && <p class={css['refused']}>{told.value.sentence(reason)}</p>}
          {warnings.map((warning) => (
            <p key={warning} class={css['warned']}>
              <bdi>{warning}</bdi>
            </p>
          ))}
          {reason === null && groups.length === 0 && <p>{words.nothingCounted}</p>}
          {groups.map((group) => (
            <Group key={JSON.stringify(group.figures.group)} of={group} />
          ))}
        </section>
      ))}
    </section>
  );
}

function Group({ of }: { readonly of: PreviewedGroupView }) {
  const words = say(WORDS);
  const figures = told.value;
  const { figures: row, history, alerts, strictestObjective } = of;
  const facts: readonly (readonly [string, string])[] = [
    [words.sli, figures.sli(row.sli, row.objective)],
    [words.left, figures.remaining(row.budget.remainingRatio)],
    [words.burn, figures.burn(row.burnRates['1h'] ?? null)],
    [words.pages, figures.count(alerts.pages.count)],
    [words.pagesPerMonth, figures.count(alerts.pages.perMonth, 1)],
    [words.detection, figures.duration(medianDetection(alerts))],
    [words.spentBefore, figures.consumed(alerts.pages.spentBeforeFirstRatio)],
    [
      words.strictest,
      strictestObjective.objective === null
        ? (strictestObjective.reason ?? '–')
        : figures.objective(Number(strictestObjective.objective)),
    ],
  ];
  const left = history.points.map(({ t, remainingRatio }) => ({
    at: Date.parse(t),
    value: remainingRatio,
  }));
  const burn = history.points.map(({ t, burnRate }) => ({ at: Date.parse(t), value: burnRate }));
  return (
    <article class={css['card']}>
      <header class={css['row']}>
        {row.group !== null && <bdi>{Object.values(row.group).join(' ')}</bdi>}
        <StatusBadge status={row.status} />
        <span class={css['bar']}>
          <BudgetBar
            remainingRatio={row.budget.remainingRatio}
            coverage={row.coverage}
            status={row.status}
          />
        </span>
      </header>
      {row.reason !== null && <p class={css['soft']}>{figures.sentence(row.reason)}</p>}
      <dl class={css['facts']}>
        {facts.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      <div class={css['charts']}>
        <LineChart
          title={words.left}
          label={words.leftChart(figures.remaining(row.budget.remainingRatio))}
          points={left}
          values={leftScale(left)}
          mark={0}
          tell={(ratio) => figures.remaining(ratio)}
        />
        <LineChart
          title={words.burnEach}
          label={words.burnChart}
          points={burn}
          values={burnScale(burn)}
          mark={1}
          tell={(rate) => figures.burn(rate)}
        />
      </div>
      <div class={css['strip']}>
        <span>{words.pages}</span>
        <SpanStrip
          label={words.pagesChart(alerts.pages.count)}
          from={alerts.from}
          to={alerts.to}
          spans={alerts.pages.spans}
        />
      </div>
    </article>
  );
}
