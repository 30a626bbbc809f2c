import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  bracketMatching,
  HighlightStyle,
  indentUnit,
  LanguageSupport,
  syntaxHighlighting,
} from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { EditorProblem } from './editor-place';
import { yamlWithPromql } from './promql-in-yaml';

export interface Editor {
  show(problems: readonly EditorProblem[]): void;
  /** Moves there, and takes the focus. Both from 1. */
  goTo(line: number, column: number): void;
  /** In another language. */
  speak(spoken: Spoken): void;
  destroy(): void;
}

/** What the editor says of itself, to screen readers above all. */
export interface Spoken {
  readonly label: string;
  /** CodeMirror's own phrases, by what they are in English. */
  readonly phrases: Readonly<Record<string, string>>;
}

interface Wanted {
  readonly text: string;
  readonly spoken: Spoken;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
}

/**
 * CodeMirror, in a shadow root: there its styles are adopted by the root, while in a document they
 * would be a `<style>`, which the Content-Security-Policy refuses.
 */
export function openEditor(
  root: ShadowRoot,
  { text, spoken, isReadOnly, onChange }: Wanted,
): Editor {
  const speech = new Compartment();
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        highlightSpecialChars(),
        history(),
        bracketMatching(),
        indentUnit.of('  '),
        // Escape lets the next Tab leave: a keyboard is never caught in here.
        keymap.of([indentWithTab, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        new LanguageSupport(yamlWithPromql),
        syntaxHighlighting(COLOURS),
        LOOKS,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ spellcheck: 'false', tabindex: '0' }),
        speech.of(speechOf(spoken)),
        EditorState.readOnly.of(isReadOnly),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) onChange(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    show: (problems) => {
      const found = problems.map((problem) => diagnosticOf(problem, view.state));
      view.dispatch(setDiagnostics(view.state, found));
    },
    goTo: (line, column) => {
      const at = placeIn(view.state, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at) });
      view.focus();
    },
    speak: (other) => {
      view.dispatch({ effects: speech.reconfigure(speechOf(other)) });
    },
    destroy: () => {
      view.destroy();
    },
  };
}

function speechOf({ label, phrases }: Spoken): Extension {
  return [
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-multiline': 'true' }),
    EditorState.phrases.of({ ...phrases }),
  ];
}

/** From where it is to the end of its line. */
function diagnosticOf(problem: EditorProblem, state: EditorState): Diagnostic {
  const from = placeIn(state, problem.line, problem.column);
  const { severity, message } = problem;
  return { from, to: state.doc.lineAt(from).to, severity, message };
}

/** The text may have become shorter since it was complained of. */
function placeIn({ doc }: EditorState, line: number, column: number): number {
  const { from, length } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return from + Math.min(Math.max(0, column - 1), length);
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: 'var(--ink)' },
  { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
  { tag: [tags.number, tags.bool], color: 'var(--at-risk)' },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: 'var(--exhausted)' },
  { tag: tags.function(tags.variableName), color: 'var(--exhausted)' },
  { tag: tags.labelName, color: 'var(--healthy)' },
  { tag: [tags.meta, tags.punctuation, tags.operator], color: 'var(--ink-soft)' },
]);

const LOOKS = EditorView.theme({
  '&': {
    maxHeight: '32rem',
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    background: 'var(--surface)',
    color: 'var(--ink)',
    fontSize: 'var(--text)',
  },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { minHeight: '12rem', caretColor: 'var(--ink)' },
  '.cm-gutters': {
    borderRight: '1px solid var(--line)',
    background: 'var(--sunken)',
    color: 'var(--ink-soft)',
  },
  '.cm-tooltip': {
    maxWidth: 'min(36rem, 80vw)',
    border: '1px solid var(--line)',
    background: 'var(--raised)',
    color: 'var(--ink)',
  },
});
