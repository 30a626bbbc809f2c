import { useState } from 'preact/hooks';
import type { ExclusionPage } from '../../../../src/exclusions/exclusions.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { ExclusionDialog } from '../../exclusions/exclusion-dialog';
import { ButtonFor } from '../../kit/button';
import { Page as Framed } from '../../kit/page';
import { Note } from '../../kit/section';
import { MOST, ShowMore } from '../../kit/show-more';
import { Empty, Shown } from '../../kit/states';
import { query, setQuery } from '../../router/place';
import { say } from '../../words/say';
import { chosen, FILTERS, filterOf } from './choice';
import { ExclusionList } from './exclusion-list';
import css from './exclusions.module.css';
import { Markers } from './markers';
import { WORDS } from './words';

/** Time that is not counted, and what happened. */
export function Page() {
  const words = say(WORDS);
  const [isAdding, setAdding] = useState(false);
  const answer = useAnswer<ExclusionPage>(`/api/v1/exclusions?limit=${String(MOST)}`, {
    follows: tick,
  });
  return (
    <Framed
      title={words.title}
      aside={
        <ButtonFor
          role="editor"
          kind="main"
          onClick={() => {
            setAdding(true);
          }}
        >
          {words.add}
        </ButtonFor>
      }
    >
      <Note>{words.about}</Note>
      <Shown of={answer}>
        {({ items, nextCursor }) => (
          <>
            <Rows items={items} />
            <ShowMore cursor={nextCursor} limit={MOST} />
          </>
        )}
      </Shown>
      <Markers />
      {isAdding && (
        <ExclusionDialog
          title={words.add}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Framed>
  );
}

function Rows({ items }: { readonly items: ExclusionPage['items'] }) {
  const words = say(WORDS);
  if (items.length === 0) return <Empty title={words.none}>{words.noneText}</Empty>;
  const filter = filterOf(query.value.get('show'));
  const now = Date.now();
  const rows = chosen(items, filter, now);
  return (
    <>
      <div class={css['filters']} role="group" aria-label={words.show}>
        {FILTERS.map((name) => (
          <button
            key={name}
            type="button"
            class={css['filter']}
            aria-pressed={name === filter}
            onClick={() => {
              setQuery({ show: name === 'all' ? null : name });
            }}
          >
            {words.filters[name]} <span>{chosen(items, name, now).length}</span>
          </button>
        ))}
      </div>
      {rows.length === 0 ? <Note>{words.noneLike}</Note> : <ExclusionList rows={rows} />}
    </>
  );
}
