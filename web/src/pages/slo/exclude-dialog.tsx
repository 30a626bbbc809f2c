import { useState } from 'preact/hooks';
import { askAgain } from '../../api/answers';
import { send } from '../../api/client';
import { ApiFailure } from '../../api/failure';
import { Button } from '../../kit/button';
import { Dialog } from '../../kit/dialog';
import { Field } from '../../kit/field';
import { toast } from '../../kit/toasts';
import { me } from '../../session/session';
import { zone } from '../../settings/settings';
import { say } from '../../words/say';
import type { Asking } from './address';
import { CHANGE_WORDS } from './change-words';
import css from './change.module.css';
import { type ExclusionDraft, exclusionOf, type Scope } from './exclusion-draft';
import { Impact } from './impact';
import { fieldText, type Span } from './span';
import { useImpact } from './use-impact';

interface Props {
  readonly asking: Asking;
  readonly span: Span;
  readonly onClose: () => void;
}

/** Excludes time; what that changes is shown before it can be saved. */
export function ExcludeDialog({ asking, span, onClose }: Props) {
  const words = say(CHANGE_WORDS);
  const isUtc = zone.value === 'utc';
  const isAnonymous = me.value?.auth === 'none';
  const [draft, setDraft] = useState<ExclusionDraft>({
    from: fieldText(span.from, isUtc),
    to: fieldText(span.to, isUtc),
    scope: asking.group === null ? 'slo' : 'group',
    treatment: 'drop',
    reason: '',
    author: '',
  });
  const [wasTried, setTried] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const wanted = exclusionOf(draft, asking, isUtc);
  const impact = useImpact(wanted);
  const misses = {
    time: wanted === null ? words.wrongOrder : null,
    reason: wasTried && draft.reason.trim() === '' ? words.reasonMissing : null,
    author: wasTried && isAnonymous && draft.author.trim() === '' ? words.authorMissing : null,
  };
  const write = (part: Partial<ExclusionDraft>) => {
    setDraft({ ...draft, ...part });
  };
  const save = async () => {
    setTried(true);
    if (wanted?.reason === '' || wanted === null) return;
    if (isAnonymous && draft.author.trim() === '') return;
    try {
      await send('POST', '/api/v1/exclusions', { body: wanted });
      askAgain((key) => key.startsWith('/api/v1/'));
      toast(words.saved);
      onClose();
    } catch (error) {
      setProblem(error instanceof ApiFailure ? error.problem.detail : String(error));
    }
  };
  return (
    <Dialog title={words.exclude} onClose={onClose}>
      <form
        class={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div class={css['pair']}>
          <Field label={words.from} hint={isUtc ? words.utc : words.local}>
            <input
              type="datetime-local"
              value={draft.from}
              onInput={({ currentTarget }) => write({ from: currentTarget.value })}
            />
          </Field>
          <Field label={words.to} problem={misses.time}>
            <input
              type="datetime-local"
              value={draft.to}
              onInput={({ currentTarget }) => write({ to: currentTarget.value })}
            />
          </Field>
        </div>
        <div class={css['pair']}>
          <Field label={words.scope}>
            <select
              value={draft.scope}
              onChange={({ currentTarget }) => write({ scope: currentTarget.value as Scope })}
            >
              {scopesOf(asking).map(([scope, text]) => (
                <option key={scope} value={scope}>
                  {text}
                </option>
              ))}
            </select>
          </Field>
          <Field label={words.treatment}>
            <select
              value={draft.treatment}
              onChange={({ currentTarget }) =>
                write({ treatment: currentTarget.value as ExclusionDraft['treatment'] })
              }
            >
              <option value="drop">{words.treatments.drop}</option>
              <option value="countGood">{words.treatments.countGood}</option>
            </select>
          </Field>
        </div>
        <Field label={words.reason} hint={words.reasonHint} problem={misses.reason}>
          <input
            value={draft.reason}
            maxLength={1000}
            onInput={({ currentTarget }) => write({ reason: currentTarget.value })}
          />
        </Field>
        {isAnonymous && (
          <Field label={words.author} hint={words.authorHint} problem={misses.author}>
            <input
              value={draft.author}
              maxLength={200}
              onInput={({ currentTarget }) => write({ author: currentTarget.value })}
            />
          </Field>
        )}
        <Impact of={impact} slo={asking.slo} />
        {problem !== null && (
          <p class={css['problem']} role="alert">
            {problem}
          </p>
        )}
        <Button kind="main" type="submit" disabled={impact.data === undefined}>
          {words.save}
        </Button>
      </form>
    </Dialog>
  );
}

function scopesOf({ slo, group }: Asking): readonly (readonly [Scope, string])[] {
  const { scopes } = say(CHANGE_WORDS);
  const [service = ''] = slo.split('/');
  const labels = Object.entries(group ?? {}).map(([name, value]) => `${name}=${value}`);
  return [
    ...(group === null ? [] : [['group', scopes.group(labels.join(', '))] as const]),
    ['slo', scopes.slo(slo)],
    ['service', scopes.service(service)],
  ];
}
