import type { DefinitionPage, DefinitionRow } from '../../../../src/authoring/definition-views';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { useRested } from '../../api/rested';
import { useSteady } from '../../api/steady';
import { told } from '../../figures/told';
import { MayNot } from '../../kit/button';
import { Field } from '../../kit/field';
import { Page as Framed } from '../../kit/page';
import { MOST, ShowMore } from '../../kit/show-more';
import { Empty, Shown } from '../../kit/states';
import { Table } from '../../kit/table';
import { query, setQuery } from '../../router/place';
import { may } from '../../session/session';
import { say } from '../../words/say';
import css from './definitions.module.css';
import { StateBadges } from './state-badges';
import { WORDS } from './words';

const DEFINITIONS = '/api/v1/definitions';
const ORIGINS = ['all', 'file', 'api'] as const;
const REST_MS = 200;

/** Everything that is defined, with where it comes from and what is wrong with it. */
export function Page() {
  const words = say(WORDS);
  const q = query.value.get('q') ?? '';
  const origin = ORIGINS.find((name) => name === query.value.get('origin')) ?? 'all';
  const asked = new URLSearchParams({
    limit: String(MOST),
    ...(q !== '' && { q }),
    ...(origin !== 'all' && { origin }),
  });
  const path = useRested(`${DEFINITIONS}?${asked.toString()}`, REST_MS);
  const answer = useSteady(DEFINITIONS, useAnswer<DefinitionPage>(path, { follows: tick }));
  return (
    <Framed
      title={words.title}
      aside={
        may('editor') ? (
          <a class={css['link']} href="/definitions/new">
            {words.make}
          </a>
        ) : (
          <MayNot role="editor" />
        )
      }
    >
      <div class={css['filters']} role="search">
        <Field label={words.search}>
          <input
            type="search"
            maxLength={200}
            value={q}
            onInput={(event) => {
              setQuery({ q: event.currentTarget.value || null });
            }}
          />
        </Field>
        <Field label={words.origin}>
          <select
            value={origin}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setQuery({ origin: value === 'all' ? null : value });
            }}
          >
            {ORIGINS.map((name) => (
              <option key={name} value={name}>
                {words.origins[name]}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Shown of={answer}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 ? <Nothing isFiltered={asked.size > 1} /> : <Rows rows={items} />}
            <ShowMore cursor={nextCursor} limit={MOST} />
          </>
        )}
      </Shown>
    </Framed>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const words = say(WORDS);
  if (isFiltered) return <Empty title={words.noneLike} />;
  return <Empty title={words.none}>{words.noneText}</Empty>;
}

function Rows({ rows }: { readonly rows: readonly DefinitionRow[] }) {
  const words = say(WORDS);
  return (
    <Table
      caption={words.title}
      rows={rows}
      keyOf={({ slo, origin, file, line }) => `${slo} ${origin} ${file ?? ''} ${String(line)}`}
      columns={[
        {
          key: 'slo',
          title: words.slo,
          isName: true,
          cell: ({ slo }) => <a href={`/definitions/${slo}`}>{slo}</a>,
        },
        { key: 'state', title: words.state, cell: (row) => <StateBadges of={row} /> },
        {
          key: 'origin',
          title: words.origin,
          cell: ({ origin, file, line }) =>
            file === null ? (
              words.originOf[origin]
            ) : (
              <bdi>{words.where(file, String(line ?? 1))}</bdi>
            ),
        },
        {
          key: 'changed',
          title: words.changed,
          cell: ({ updatedAt, updatedBy }) =>
            updatedAt === null ? (
              '–'
            ) : (
              <>
                {told.value.instant(updatedAt)} <bdi>{words.by(updatedBy ?? '–')}</bdi>
              </>
            ),
        },
      ]}
    />
  );
}
