import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../../words/say';
import { WORDS } from '../words';
import type { Editor } from './code-mirror';
import type { EditorPlace, EditorProblem } from './editor-place';
import css from '../definitions.module.css';

interface Props {
  /** To begin with; another text is another editor, by its `key`. */
  readonly text: string;
  readonly label: string;
  readonly isReadOnly?: boolean;
  /** It is on its way: nothing is typed until the answer is there. */
  readonly isBusy?: boolean;
  readonly problems?: readonly EditorProblem[];
  readonly place?: EditorPlace | null;
  readonly onChange?: (text: string) => void;
}

const NO_PROBLEMS: readonly EditorProblem[] = [];

/** The editor, which is loaded when it is first shown. */
export function CodeEditor({
  text,
  label,
  isReadOnly = false,
  isBusy = false,
  problems = NO_PROBLEMS,
  place = null,
  onChange,
}: Props) {
  const words = say(WORDS);
  const host = useRef<HTMLDivElement>(null);
  const change = useRef(onChange);
  change.current = onChange;
  const [editor, setEditor] = useState<Editor | null>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    let isOver = false;
    let opened: Editor | null = null;
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' });
    import('./code-mirror').then(
      ({ openEditor }) => {
        if (isOver || root === undefined) return;
        opened = openEditor(root, {
          ...{ text, spoken: { label, phrases: words.editorPhrases }, isReadOnly },
          onChange: (changed) => change.current?.(changed),
        });
        setEditor(opened);
      },
      () => {
        setMissing(true);
      },
    );
    return () => {
      isOver = true;
      opened?.destroy();
    };
  }, []);
  useEffect(() => editor?.show(problems), [editor, problems]);
  useEffect(() => editor?.speak({ label, phrases: words.editorPhrases }), [editor, label, words]);
  useEffect(() => {
    if (place !== null) editor?.goTo(place.line, place.column);
  }, [editor, place]);
  return (
    <div class={css['editor']}>
      <div ref={host} inert={isBusy} />
      {isMissing && <p role="alert">{words.editorMissing}</p>}
      {!isReadOnly && <p class={css['soft']}>{words.leaveEditor}</p>}
    </div>
  );
}
