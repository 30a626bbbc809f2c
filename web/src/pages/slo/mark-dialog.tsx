import { useState } from 'preact/hooks';
import type { CreateMarker } from '../../../../src/exclusions/markers.dto';
import { askAgain } from '../../api/answers';
import { send } from '../../api/client';
import { ApiFailure } from '../../api/failure';
import { Button } from '../../kit/button';
import { Dialog } from '../../kit/dialog';
import { Field } from '../../kit/field';
import { toast } from '../../kit/toasts';
import { zone } from '../../settings/settings';
import { say } from '../../words/say';
import type { Asking } from './address';
import { CHANGE_WORDS } from './change-words';
import css from './change.module.css';
import { fieldText, fieldTime, instant, type Span } from './span';

interface Props {
  readonly asking: Asking;
  readonly span: Span;
  readonly onClose: () => void;
}

const KINDS = ['deploy', 'incident', 'other'] as const;

/** Notes what happened; it changes no figure. */
export function MarkDialog({ asking, span, onClose }: Props) {
  const words = say(CHANGE_WORDS);
  const isUtc = zone.value === 'utc';
  const [draft, setDraft] = useState({
    kind: 'incident' as CreateMarker['kind'],
    at: fieldText(span.from, isUtc),
    end: fieldText(span.to, isUtc),
    text: '',
    link: '',
  });
  const [problem, setProblem] = useState<string | null>(null);
  const write = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
  };
  const save = async () => {
    const [at, end] = [fieldTime(draft.at, isUtc), fieldTime(draft.end, isUtc)];
    const missing = Number.isNaN(at)
      ? words.noTime
      : end <= at
        ? words.wrongOrder
        : draft.text.trim() === ''
          ? words.textMissing
          : null;
    setProblem(missing);
    if (missing !== null) return;
    const body: CreateMarker = {
      kind: draft.kind,
      at: instant(at),
      text: draft.text.trim(),
      slo: asking.slo,
      ...(!Number.isNaN(end) && { end: instant(end) }),
      ...(draft.link.trim() !== '' && { link: draft.link.trim() }),
    };
    try {
      await send('POST', '/api/v1/markers', { body });
      askAgain((key) => key.startsWith('/api/v1/'));
      toast(words.savedMark);
      onClose();
    } catch (error) {
      setProblem(error instanceof ApiFailure ? error.problem.detail : String(error));
    }
  };
  return (
    <Dialog title={words.mark} onClose={onClose}>
      <form
        class={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={words.kind}>
          <select
            value={draft.kind}
            onChange={({ currentTarget }) =>
              write({ kind: currentTarget.value as CreateMarker['kind'] })
            }
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {words.kinds[kind]}
              </option>
            ))}
          </select>
        </Field>
        <div class={css['pair']}>
          <Field label={words.at} hint={isUtc ? words.utc : words.local}>
            <input
              type="datetime-local"
              value={draft.at}
              onInput={({ currentTarget }) => write({ at: currentTarget.value })}
            />
          </Field>
          <Field label={words.untilOptional}>
            <input
              type="datetime-local"
              value={draft.end}
              onInput={({ currentTarget }) => write({ end: currentTarget.value })}
            />
          </Field>
        </div>
        <Field label={words.text}>
          <input
            value={draft.text}
            maxLength={1000}
            onInput={({ currentTarget }) => write({ text: currentTarget.value })}
          />
        </Field>
        <Field label={words.link}>
          <input
            type="url"
            value={draft.link}
            onInput={({ currentTarget }) => write({ link: currentTarget.value })}
          />
        </Field>
        {problem !== null && (
          <p class={css['problem']} role="alert">
            {problem}
          </p>
        )}
        <Button kind="main" type="submit">
          {words.saveMark}
        </Button>
      </form>
    </Dialog>
  );
}
