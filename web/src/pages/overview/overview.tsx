import { useMemo } from 'preact/hooks';
import { Page as Framed } from '../../kit/page';
import { Empty, Shown } from '../../kit/states';
import { Button } from '../../kit/button';
import { told } from '../../figures/told';
import { query, setQuery } from '../../router/place';
import { say } from '../../words/say';
import { readChoice } from './choice';
import { groupedRows, naturalGrouping } from './chosen-rows';
import css from './overview.module.css';
import { Now } from './now';
import type { Row } from './rows';
import { SloList } from './slo-list';
import { Toolbar } from './toolbar';
import { useHeldOrder } from './use-held-order';
import { useRows } from './use-rows';
import { WORDS } from './words';

/** Every SLO, the worst first; above them what whoever was woken needs to know. */
export function Page() {
  const words = say(WORDS);
  const rows = useRows();
  return (
    <Framed title={words.title}>
      <Shown of={rows}>
        {(known) =>
          known.length === 0 ? (
            <Empty title={words.none}>{words.noneText}</Empty>
          ) : (
            <Overview rows={known} />
          )
        }
      </Shown>
    </Framed>
  );
}

const NO_FILTER = { q: null, status: null, service: null, team: null };

function Overview({ rows }: { readonly rows: readonly Row[] }) {
  const words = say(WORDS);
  const figures = told.value;
  const choice = useMemo(() => readChoice(query.value), [query.value]);
  const { shown, isHeld, sortAgain } = useHeldOrder(rows, choice);
  const grouping = choice.grouping ?? naturalGrouping(rows);
  const groups = useMemo(() => groupedRows(shown, grouping), [shown, grouping]);
  return (
    <>
      <Now rows={rows} />
      <Toolbar rows={rows} choice={choice} grouping={grouping} shown={shown.length}>
        {isHeld && (
          <p class={css['held']} role="status">
            {words.orderIsOld}{' '}
            <Button kind="quiet" onClick={sortAgain}>
              {words.sortAgain}
            </Button>
          </p>
        )}
      </Toolbar>
      {shown.length === 0 ? (
        <Empty title={words.nothingFound}>
          <p>{words.nothingFoundText(figures.count(rows.length))}</p>
          <p>
            <Button
              onClick={() => {
                setQuery(NO_FILTER);
              }}
            >
              {words.showAll}
            </Button>
          </p>
        </Empty>
      ) : (
        <SloList groups={groups} grouping={grouping} choice={choice} />
      )}
    </>
  );
}
