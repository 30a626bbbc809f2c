import { useState } from 'preact/hooks';
import type { AlertPage, AlertView } from '../../../../src/alerting/alerts.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { Button } from '../../kit/button';
import { Page as Framed } from '../../kit/page';
import { Empty, Shown } from '../../kit/states';
import { query, setQuery } from '../../router/place';
import { say } from '../../words/say';
import { AlertTable } from './alert-table';
import { alertsPath, type Filter, readFilter } from './filter';
import css from './alerts.module.css';
import { WORDS } from './words';

const PORTION = 50;
/** The most that the service gives at once. */
const MOST = 1_000;

/** What fires, and what did: the newest first, filtered as the address says. */
export function Page() {
  const words = say(WORDS);
  const filter = readFilter(query.value);
  const [portions, setPortions] = useState(1);
  const limit = Math.min(MOST, portions * PORTION);
  const firing = useAnswer<AlertPage>(alertsPath('firing', filter, MOST), { follows: tick });
  const past = useAnswer<AlertPage>(alertsPath('resolved', filter, limit), { follows: tick });
  const known = [...(firing.data?.items ?? []), ...(past.data?.items ?? [])];
  return (
    <Framed title={words.title} aside={<Filters filter={filter} known={known} />}>
      <section class={css['part']}>
        <h2>{words.firing}</h2>
        <Shown of={firing}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={words.noneFiring}>{words.noneFiringText}</Empty>
            ) : (
              <AlertTable caption={words.firing} alerts={pagesFirst(items)} />
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
              {nextCursor !== null && limit < MOST && (
                <p class={css['more']}>
                  <Button
                    onClick={() => {
                      setPortions(portions + 1);
                    }}
                  >
                    {words.more}
                  </Button>
                </p>
              )}
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
      <Select
        name="severity"
        value={filter.severity}
        values={known.map(({ severity }) => severity)}
      />
      <Select
        name="service"
        value={filter.service}
        values={known.map(({ slo }) => slo.slice(0, slo.indexOf('/')))}
      />
    </div>
  );
}

interface SelectProps {
  /** Of its parameter in the address. */
  readonly name: 'severity' | 'service';
  readonly value: string | null;
  readonly values: readonly string[];
}

function Select({ name, value, values }: SelectProps) {
  const words = say(WORDS);
  const shown = [...new Set(value === null ? values : [...values, value])].sort();
  return (
    <label class={css['select']}>
      {words[name]}
      <select
        value={value ?? ''}
        onChange={(event) => {
          setQuery({ [name]: event.currentTarget.value });
        }}
      >
        <option value="">{words.all}</option>
        {shown.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}
