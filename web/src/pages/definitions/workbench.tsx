import { useState } from 'preact/hooks';
import type { DefinitionChangesView } from '../../../../src/authoring/definition-views';
import type { PreviewView } from '../../../../src/preview/preview-view-types';
import { askAgain } from '../../api/answers';
import { send } from '../../api/client';
import { ButtonFor } from '../../kit/button';
import { toast } from '../../kit/toasts';
import { goTo } from '../../router/place';
import { useUnsaved } from '../../router/use-unsaved';
import { say } from '../../words/say';
import { useAsking } from './asking';
import { ChangeTable } from './change-table';
import css from './definitions.module.css';
import { CodeEditor } from './editor/code-editor';
import type { EditorPlace } from './editor/editor-place';
import { FailureNotice } from './failure-notice';
import { Preview } from './preview';
import { ProblemList } from './problem-list';
import { useValidation } from './validation';
import { ValidationLine } from './validation-line';
import { WORDS } from './words';

interface Props {
  /** To begin with. */
  readonly text: string;
  /** The SLO that is changed, at the version that is shown; null for whatever the text defines. */
  readonly of: { readonly slo: string; readonly etag: string } | null;
  /** Told of each change of the text. */
  readonly onTyped?: () => void;
  /** Told the version that a save of it made. */
  readonly onSaved?: (etag: string) => void;
}

const DEFINITIONS = '/api/v1/definitions';

/** A text, what is wrong with it, what it would have said, what it would change; and then the save. */
export function Workbench({ text: begin, of, onTyped, onSaved }: Props) {
  const words = say(WORDS);
  const [text, setText] = useState(begin);
  const [kept, setKept] = useState(begin);
  const [place, setPlace] = useState<EditorPlace | null>(null);
  const validation = useValidation(text);
  const preview = useAsking<PreviewView>();
  const plan = useAsking<DefinitionChangesView>();
  const save = useAsking<DefinitionChangesView>();
  const problems = validation.data?.problems ?? [];
  const letGo = useUnsaved(text !== kept, words.unsaved);
  const isSaving = save.state.kind === 'pending';
  const change = (dryRun: boolean) => (signal: AbortSignal) =>
    of === null
      ? send<DefinitionChangesView>('POST', `${DEFINITIONS}/apply?dryRun=${String(dryRun)}`, {
          body: text,
          signal,
        })
      : send<DefinitionChangesView>('PUT', `${DEFINITIONS}/${of.slo}?dryRun=${String(dryRun)}`, {
          body: text,
          signal,
          ifMatch: of.etag,
        });
  const saveAll = async () => {
    const saved = await save.start(change(false));
    if (saved === null) return;
    letGo();
    setKept(text);
    toast(words.saved);
    askAgain((key) => key.startsWith(DEFINITIONS) || key.startsWith('/api/v1/slos'));
    const [only, ...others] = saved.items;
    if (only?.etag != null) onSaved?.(only.etag);
    plan.forget();
    goTo(only === undefined || others.length > 0 ? '/definitions' : `/definitions/${only.slo}`);
  };
  return (
    <div class={css['part']}>
      <CodeEditor
        text={begin}
        label={words.editor}
        problems={problems}
        place={place}
        isBusy={isSaving}
        onChange={(changed) => {
          setText(changed);
          onTyped?.();
          preview.forget();
          plan.forget();
          save.forget();
        }}
      />
      <ValidationLine text={text} of={validation} />
      <ProblemList label={words.problems} problems={problems} onGoTo={setPlace} />
      <div class={css['actions']}>
        <ButtonFor
          role="editor"
          disabled={preview.state.kind === 'pending'}
          onClick={() => {
            void preview.start((signal) =>
              send<PreviewView>('POST', `${DEFINITIONS}/preview`, { body: text, signal }),
            );
          }}
        >
          {preview.state.kind === 'pending' ? words.previewing : words.preview}
        </ButtonFor>
        <ButtonFor
          role="editor"
          kind="main"
          disabled={plan.state.kind === 'pending'}
          onClick={() => {
            void plan.start(change(true));
          }}
        >
          {plan.state.kind === 'pending' ? words.planning : words.plan}
        </ButtonFor>
      </div>
      {[plan.state, save.state, preview.state].map(
        (state, k) =>
          state.kind === 'refused' && (
            <FailureNotice key={k} failure={state.failure} onGoTo={setPlace} />
          ),
      )}
      {plan.state.kind === 'answered' && (
        <section class={css['part']} aria-label={words.wouldChange}>
          <h2>{words.wouldChange}</h2>
          <ChangeTable changes={plan.state.data} />
          <ProblemList
            label={words.warnings}
            problems={plan.state.data.warnings}
            onGoTo={setPlace}
          />
          <div>
            <ButtonFor role="editor" kind="main" disabled={isSaving} onClick={() => void saveAll()}>
              {words.save}
            </ButtonFor>
          </div>
        </section>
      )}
      {preview.state.kind === 'answered' && <Preview of={preview.state.data} />}
    </div>
  );
}
