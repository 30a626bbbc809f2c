import { told } from '../../figures/told';
import { classes } from '../../kit/classes';
import { Icon } from '../../kit/icons';
import { setQuery } from '../../router/place';
import { say } from '../../words/say';
import { type Choice, type Grouping, type Sort, sortText } from './choice';
import type { RowGroup } from './chosen-rows';
import { SloLine } from './slo-line';
import css from './slo-list.module.css';
import { useGrowing } from './use-growing';
import { LIST_ID } from './use-held-order';
import { WORDS } from './words';

/** In the order of the cells of a line; those without a sort cannot be sorted by. */
const COLUMNS = [
  { key: 'status', sort: 'worst' },
  { key: 'slo', sort: 'name' },
  { key: 'objective', sort: 'objective' },
  { key: 'sli', sort: 'sli' },
  { key: 'remaining', sort: 'remaining' },
  { key: 'burn', sort: 'burn' },
  { key: 'days', sort: null },
] as const satisfies readonly { readonly key: string; readonly sort: Sort | null }[];

interface Props {
  readonly groups: readonly RowGroup[];
  readonly grouping: Grouping;
  readonly choice: Choice;
}

/**
 * A table of thousands of lines. It is laid out by a grid, whose lines the browser leaves out while they
 * are out of sight (`content-visibility`), which it cannot do with those of a table; all are there
 * for its own search, for screen readers and for the Tab key. The roles say that it is a table.
 */
export function SloList({ groups, grouping, choice }: Props) {
  const words = say(WORDS);
  const figures = told.value;
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const limit = useGrowing(count);
  let drawn = 0;
  return (
    <div
      class={css['table']}
      id={LIST_ID}
      role="table"
      aria-label={words.title}
      aria-busy={limit < count}
    >
      <div role="rowgroup" class={css['head']}>
        <div role="row" class={css['row']}>
          {COLUMNS.map((column) => (
            <Heading key={column.key} column={column} choice={choice} />
          ))}
        </div>
      </div>
      {groups.map(({ name, rows }) => {
        const room = Math.max(0, limit - drawn);
        drawn += rows.length;
        if (room === 0) return null;
        return (
          <div key={name ?? ''} role="rowgroup" class={css['group']}>
            {grouping !== 'none' && (
              <div role="row" class={css['groupRow']}>
                <div role="rowheader" aria-colspan={COLUMNS.length} class={css['groupName']}>
                  <bdi>{name ?? words.noTeam}</bdi>
                  <span class={css['groupCount']}>{figures.count(rows.length)}</span>
                </div>
              </div>
            )}
            {rows.slice(0, room).map((row) => (
              <SloLine
                key={row.key}
                row={row}
                figures={figures}
                words={words}
                isUnderService={grouping === 'service'}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

function Heading({
  column: { key, sort },
  choice,
}: {
  readonly column: (typeof COLUMNS)[number];
  readonly choice: Choice;
}) {
  const { columns } = say(WORDS);
  const isSorted = sort !== null && choice.sort === sort;
  // Of burns the fastest comes first.
  const isFalling = choice.isDown !== (sort === 'burn');
  const order = isFalling ? 'descending' : 'ascending';
  return (
    <div
      role="columnheader"
      class={classes(css['cell'], css[key])}
      aria-sort={isSorted ? order : undefined}
    >
      {sort === null ? (
        columns[key]
      ) : (
        <button
          type="button"
          class={css['sort']}
          onClick={() => {
            const text = sortText(choice, sort);
            setQuery({ sort: text === 'worst' ? null : text });
          }}
        >
          {columns[key]}
          {isSorted && <Icon name={isFalling ? 'down' : 'up'} />}
        </button>
      )}
    </div>
  );
}
