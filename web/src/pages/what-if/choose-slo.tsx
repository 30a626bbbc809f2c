import type { SloPage } from '../../../../src/slos/view-types';
import { useAnswer } from '../../api/answers';
import { useRested } from '../../api/rested';
import { useSteady } from '../../api/steady';
import { told } from '../../figures/told';
import { Field } from '../../kit/field';
import { Page as Framed } from '../../kit/page';
import { ShowMore, useLimit } from '../../kit/show-more';
import { SloLink } from '../../kit/slo-name';
import { Empty, Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { query, setQuery } from '../../router/place';
import { sloPath } from '../../router/slo-path';
import { say } from '../../words/say';
import { WORDS } from './words';

const SLOS = '/api/v1/slos';
const PORTION = 100;
const REST_MS = 200;

/** Of which SLO it is asked. */
export function Page() {
  const words = say(WORDS);
  const { limit, more } = useLimit(PORTION);
  const q = query.value.get('q') ?? '';
  const asked = new URLSearchParams({
    ...{ sort: 'name', limit: String(limit) },
    ...(q !== '' && { q }),
  });
  const path = useRested(`${SLOS}?${asked.toString()}`, REST_MS);
  const slos = useSteady(SLOS, useAnswer<SloPage>(path));
  return (
    <Framed title={words.title}>
      <p>{words.choose}</p>
      <Field label={words.search}>
        <input
          type="search"
          maxLength={200}
          value={q}
          onInput={({ currentTarget }) => {
            setQuery({ q: currentTarget.value || null });
          }}
        />
      </Field>
      <Shown of={slos}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <Nothing isSearched={q !== ''} />
          ) : (
            <>
              <Slos rows={items} />
              <ShowMore cursor={nextCursor} limit={limit} isBusy={slos.pending} onMore={more} />
            </>
          )
        }
      </Shown>
    </Framed>
  );
}

function Nothing({ isSearched }: { readonly isSearched: boolean }) {
  const words = say(WORDS);
  if (isSearched) return <Empty title={words.noneLike} />;
  return (
    <Empty title={words.none}>
      <p>{words.noneText}</p>
      <p>
        <a href="/definitions">{words.toDefinitions}</a>
      </p>
    </Empty>
  );
}

function Slos({ rows }: { readonly rows: SloPage['items'] }) {
  const words = say(WORDS);
  return (
    <Table
      caption={words.title}
      rows={rows}
      keyOf={({ slo, group }) => sloPath(slo, group)}
      columns={[
        {
          key: 'slo',
          title: words.slo,
          isName: true,
          cell: ({ slo, group }) => <SloLink slo={slo} group={group} page="what-if" />,
        },
        {
          key: 'objective',
          title: words.objective,
          isFigure: true,
          cell: ({ objective }) => told.value.objective(objective),
        },
        {
          key: 'left',
          title: words.rows.budget,
          isFigure: true,
          cell: ({ budget }) => told.value.remaining(budget.remainingRatio),
        },
      ]}
    />
  );
}
