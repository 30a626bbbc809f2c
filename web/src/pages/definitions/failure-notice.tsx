import type { ApiFailure } from '../../api/failure';
import { ProblemBox } from '../../kit/problem-box';
import { say } from '../../words/say';
import type { EditorPlace, EditorProblem } from './editor/editor-place';
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
    <ProblemBox
      failure={failure}
      title={
        status === CHANGED_MEANWHILE
          ? `${words.changedMeanwhile} ${words.loadAgain}`
          : words.refused
      }
    >
      {placed.length === 0 ? undefined : (
        <ProblemList label={words.refused} problems={placed} onGoTo={onGoTo} />
      )}
    </ProblemBox>
  );
}
