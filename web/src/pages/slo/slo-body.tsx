import type { BudgetView, BurnRatesView, SloView } from '../../../../src/slos/view-types';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { Empty, Shown } from '../../kit/states';
import { say } from '../../words/say';
import { askedPath, type Asking } from './address';
import { ChartSection } from './chart-section';
import { Details } from './details';
import { Forecast } from './forecast';
import { Gate } from './gate';
import { GroupChoice } from './group-choice';
import { Firing } from './firing';
import { BudgetFact, BurnFact, SliFact } from './head';
import css from './head.module.css';
import { Notes } from './notes';
import { Silence } from './silence';
import { WORDS } from './words';

interface Props {
  readonly view: SloView;
  readonly group: Asking['group'];
}

export function Slo({ view, group }: Props) {
  const words = say(WORDS);
  const asking: Asking = { slo: view.slo, group, isRetired: view.retiredAt !== null };
  const isWaiting = view.figures.length === 0 && view.retiredAt === null;
  return (
    <>
      <div class={css['about']}>
        {view.description !== null && (
          <p>
            <bdi>{view.description}</bdi>
          </p>
        )}
        {view.team !== null && (
          <p>
            <bdi>{words.team(view.team)}</bdi>
          </p>
        )}
        <GroupChoice view={view} group={group} />
      </div>
      <Notes view={view} />
      <Silence view={view} group={group} />
      {isWaiting ? (
        <Empty title={words.waiting}>
          <p>{words.waitingText}</p>
          <p>
            <a href="/collection">{words.toCollection}</a>
          </p>
        </Empty>
      ) : (
        <Figures asking={asking} />
      )}
      <Details view={view} asking={asking} />
    </>
  );
}

/** What is counted, now and over time. */
function Figures({ asking }: { readonly asking: Asking }) {
  const words = say(WORDS);
  const budget = useAnswer<BudgetView>(askedPath(asking, 'budget'), { follows: tick });
  const burn = useAnswer<BurnRatesView>(askedPath(asking, 'burn-rates'), { follows: tick });
  return (
    <>
      <section aria-label={words.facts} class={css['facts']}>
        <Shown of={budget}>
          {(view) => (
            <>
              <BudgetFact view={view} />
              <SliFact view={view} />
            </>
          )}
        </Shown>
        <Shown of={burn}>{(view) => <BurnFact view={view} />}</Shown>
        <Firing asking={asking} />
        <Forecast asking={asking} />
        {!asking.isRetired && <Gate asking={asking} />}
      </section>
      {budget.data && burn.data && (
        <ChartSection asking={asking} budget={budget.data} alerts={burn.data.alerts} />
      )}
    </>
  );
}
