import { useState } from 'preact/hooks';
import { goToQuery } from '../../router/place';
import { zone } from '../../settings/settings';
import { told } from '../../figures/told';
import { Button } from '../../kit/button';
import { Dialog } from '../../kit/dialog';
import { Field } from '../../kit/field';
import { classes } from '../../kit/classes';
import { say } from '../../words/say';
import {
  fieldText,
  fieldTime,
  moved,
  NAMED_RANGES,
  type Range,
  rangeQuery,
  snapped,
  type Span,
  widened,
} from './span';
import { WORDS } from './words';
import css from './range-picker.module.css';

interface Props {
  readonly range: Range;
  /** What it comes to. */
  readonly span: Span;
  /** Nothing is counted after it. */
  readonly end: number;
}

/** Which time the charts show; it stands in the address. */
export function RangePicker({ range, span, end }: Props) {
  const words = say(WORDS).range;
  const figures = told.value;
  const [isOpen, setOpen] = useState(false);
  return (
    <div class={css['picker']} role="group" aria-label={words.title}>
      <div class={css['names']}>
        {NAMED_RANGES.map((name) => (
          <button
            key={name}
            type="button"
            class={classes(css['name'], range === name && css['chosen'])}
            aria-pressed={range === name}
            onClick={() => {
              choose(name);
            }}
          >
            {words.names[name]}
          </button>
        ))}
        <button
          type="button"
          class={classes(css['name'], typeof range !== 'string' && css['chosen'])}
          aria-pressed={typeof range !== 'string'}
          onClick={() => {
            setOpen(true);
          }}
        >
          {words.custom}
        </button>
      </div>
      <span class={css['span']}>
        {figures.nearInstant(span.from)} – {figures.nearInstant(span.to)}
      </span>
      <div class={css['moves']}>
        <Button kind="quiet" onClick={() => choose(moved(span, -1, end))}>
          {words.earlier}
        </Button>
        <Button kind="quiet" disabled={span.to >= end} onClick={() => choose(moved(span, 1, end))}>
          {words.later}
        </Button>
        <Button kind="quiet" onClick={() => choose(widened(span, end))}>
          {words.zoomOut}
        </Button>
      </div>
      {isOpen && <Custom span={span} onClose={() => setOpen(false)} />}
    </div>
  );
}

function choose(range: Range): void {
  goToQuery(rangeQuery(range));
}

function Custom({ span, onClose }: { readonly span: Span; readonly onClose: () => void }) {
  const words = say(WORDS).range;
  const isUtc = zone.value === 'utc';
  const [from, setFrom] = useState(fieldText(span.from, isUtc));
  const [to, setTo] = useState(fieldText(span.to, isUtc));
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Dialog title={words.customTitle} onClose={onClose}>
      <form
        class={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const chosen = { from: fieldTime(from, isUtc), to: fieldTime(to, isUtc) };
          if (!(chosen.from < chosen.to)) {
            setProblem(words.wrongOrder);
            return;
          }
          choose(snapped(chosen));
          onClose();
        }}
      >
        <Field label={words.from} hint={isUtc ? words.utc : words.local}>
          <input
            type="datetime-local"
            value={from}
            onInput={({ currentTarget }) => {
              setFrom(currentTarget.value);
            }}
          />
        </Field>
        <Field label={words.to} problem={problem}>
          <input
            type="datetime-local"
            value={to}
            onInput={({ currentTarget }) => {
              setTo(currentTarget.value);
            }}
          />
        </Field>
        <Button kind="main" type="submit">
          {words.show}
        </Button>
      </form>
    </Dialog>
  );
}
