import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { told } from '../../figures/told';
import { Hint } from '../../kit/hint';
import { Icon } from '../../kit/icons';
import { LabelledSelect } from '../../kit/labelled-select';
import { ShortSelect } from '../../kit/short-select';
import { type Status, STATUSES } from '../../kit/status-order';
import { setQuery } from '../../router/place';
import { COMMON } from '../../words/common';
import { say } from '../../words/say';
import { type Choice, type Grouping, GROUPINGS } from './choice';
import type { Row } from './rows';
import css from './toolbar.module.css';
import { WORDS } from './words';

interface Props {
  readonly rows: readonly Row[];
  readonly choice: Choice;
  readonly grouping: Grouping;
  readonly shown: number;
  readonly children: ComponentChildren;
}

/** What of the list is shown; each choice is in the address. */
export function Toolbar({ rows, choice, grouping, shown, children }: Props) {
  const words = say(WORDS);
  const figures = told.value;
  const id = useId();
  return (
    <div class={css['toolbar']} role="search" aria-label={words.search}>
      <div class={css['search']}>
        <Icon name="search" class={css['icon']} />
        <label class="unseen" for={id}>
          {words.search}
        </label>
        <input
          id={id}
          type="search"
          placeholder={words.searchHint}
          value={choice.search}
          onInput={(event) => {
            setQuery({ q: event.currentTarget.value || null });
          }}
        />
      </div>
      <StatusFilter rows={rows} chosen={choice.statuses} />
      <div class={css['selects']}>
        <OneOf
          label={words.service}
          name="service"
          value={choice.service}
          values={distinct(rows.map(({ service }) => service))}
        />
        <OneOf
          label={words.team}
          name="team"
          value={choice.team}
          values={distinct(rows.map(({ team }) => team))}
        />
        <LabelledSelect
          label={words.grouping}
          value={grouping}
          onChoose={(chosen) => {
            setQuery({ group: chosen });
          }}
        >
          {GROUPINGS.map((one) => (
            <option key={one} value={one}>
              {words.groupings[one]}
            </option>
          ))}
        </LabelledSelect>
        <Hint label={words.legend}>{words.legendText}</Hint>
      </div>
      {children}
      <p class={css['count']} role="status">
        {words.shown(figures.count(shown), figures.count(rows.length))}
      </p>
    </div>
  );
}

/** A button for each status that occurs; pressed ones are shown alone. */
function StatusFilter({
  rows,
  chosen,
}: {
  readonly rows: readonly Row[];
  readonly chosen: readonly Status[];
}) {
  const words = say(WORDS);
  const { statuses } = say(COMMON);
  const figures = told.value;
  const toggle = (status: Status) => {
    const next = chosen.includes(status)
      ? chosen.filter((one) => one !== status)
      : [...chosen, status];
    setQuery({ status: next.join(',') || null });
  };
  return (
    <div class={css['statuses']} role="group" aria-label={words.status}>
      {STATUSES.map((status) => {
        const count = rows.filter((row) => row.status === status).length;
        const isChosen = chosen.includes(status);
        if (count === 0 && !isChosen) return null;
        return (
          <button
            key={status}
            type="button"
            class={css['status']}
            data-status={status}
            aria-pressed={isChosen}
            onClick={() => {
              toggle(status);
            }}
          >
            <Icon name={status} class={css['shape']} />
            {statuses[status]}
            <strong>{figures.count(count)}</strong>
          </button>
        );
      })}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  /** Of its parameter in the address. */
  readonly name: 'service' | 'team';
  readonly value: string | null;
  readonly values: readonly string[];
}

/** Nothing where there is nothing to choose. */
function OneOf({ label, name, value, values }: ChoiceProps) {
  if (values.length < 2 && value === null) return null;
  return (
    <ShortSelect
      {...{ label, value, values }}
      onChoose={(chosen) => {
        setQuery({ [name]: chosen });
      }}
    />
  );
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== null).sort();
}
