import type { AlertPage, AlertView } from '../../../../src/alerting/alerts.dto';
import { AlertTable } from '../../alerts/alert-table';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { useSteady } from '../../api/steady';
import { Button } from '../../kit/button';
import { Page as Framed } from '../../kit/page';
import { ShortSelect } from '../../kit/short-select';
import { MOST, ShowMore, useLimit } from '../../kit/show-more';
import { Empty, Shown } from '../../kit/states';
import { query, setQuery } from '../../router/place';
import { say } from '../../words/say';
import { alertsPath, type Filter, readFilter } from './filter';
import css from './alerts.module.css';
import { WORDS } from './words';

const PORTION = 50;

/** What fires, and what did: the newest first, filtered as the address says. */
export function Page() {
  const words = say(WORDS);
  const filter = readFilter(query.value);
  const { limit, more } = useLimit(PORTION);
  const firing = useAnswer<AlertPage>(alertsPath('firing', filter, MOST), { follows: tick });
  const past = useSteady(
    alertsPath('resolved', filter, MOST),
    useAnswer<AlertPage>(alertsPath('resolved', filter, limit), { follows: tick }),
  );
  const known = [...(firing.data?.items ?? []), ...(past.data?.items ?? [])];
  return (
    <Framed title={words.title} aside={<Filters filter={filter} known={known} />}>
      <section class={css['part']}>
        <h2>{words.firing}</h2>
        <Shown of={firing}>
          {({ items, nextCursor }) =>
            items.length === 0 ? (
              <Empty title={words.noneFiring}>{words.noneFiringText}</Empty>
            ) : (
              <>
                <AlertTable caption={words.firing} alerts={pagesFirst(items)} />
                <ShowMore cursor={nextCursor} limit={MOST} />
              </>
            )
          }
        </Shown>
      </section>
      <section class={css['part']}>
        <h2>{words.past}</h2>
        <Shown of={past}>
          {({ items, nextCursor }) => (
            <>
              {items.length === 0 ? (
                <Empty title={isFiltered(filter) ? words.nonePastFound : words.nonePast} />
              ) : (
                <AlertTable caption={words.past} alerts={items} />
              )}
              <ShowMore cursor={nextCursor} limit={limit} isBusy={past.pending} onMore={more} />
            </>
          )}
        </Shown>
      </section>
    </Framed>
  );
}

function pagesFirst(alerts: readonly AlertView[]): readonly AlertView[] {
  return [...alerts].sort((a, b) => Number(a.kind !== 'page') - Number(b.kind !== 'page'));
}

function isFiltered({ slo, service, severity }: Filter): boolean {
  return slo !== null || service !== null || severity !== null;
}

function Filters({
  filter,
  known,
}: {
  readonly filter: Filter;
  readonly known: readonly AlertView[];
}) {
  const words = say(WORDS);
  return (
    <div class={css['filters']}>
      {filter.slo !== null && (
        <span>
          {words.only(filter.slo)}{' '}
          <Button
            kind="quiet"
            onClick={() => {
              setQuery({ slo: null });
            }}
          >
            {words.showAll}
          </Button>
        </span>
      )}
      <ShortSelect
        label={words.severity}
        value={filter.severity}
        values={known.map(({ severity }) => severity)}
        onChoose={(severity) => {
          setQuery({ severity });
        }}
      />
      <ShortSelect
        label={words.service}
        value={filter.service}
        values={known.map(({ slo }) => slo.slice(0, slo.indexOf('/')))}
        onChoose={(service) => {
          setQuery({ service });
        }}
      />
    </div>
  );
}
