import type { ApiFailure } from '../../api/failure';
import { say } from '../../words/say';
import type { EditorPlace, EditorProblem } from './editor/editor-place';
import css from './definitions.module.css';
import { ProblemList } from './problem-list';
import { WORDS } from './words';

interface Props {
  readonly failure: ApiFailure;
  readonly onGoTo: (place: EditorPlace) => void;
}

const CHANGED_MEANWHILE = 412;

/** Why it was refused, with places where it has them. */
export function FailureNotice({ failure, onGoTo }: Props) {
  const words = say(WORDS);
  const { status, problem } = failure;
  const placed = problem.errors.flatMap(({ line, column, message, allowed }): EditorProblem[] =>
    line === undefined
      ? []
      : [{ severity: 'error', line, column: column ?? 1, message: message ?? allowed }],
  );
  return (
    <div class={css['refused']} role="alert">
      <strong>{status === CHANGED_MEANWHILE ? words.changedMeanwhile : words.refused}</strong>
      {placed.length === 0 ? (
        <p>
          <bdi>{problem.detail}</bdi>
        </p>
      ) : (
        <ProblemList label={words.refused} problems={placed} onGoTo={onGoTo} />
      )}
      {status === CHANGED_MEANWHILE && <p>{words.loadAgain}</p>}
    </div>
  );
}
