import { Button } from '../../kit/button';
import { Icon } from '../../kit/icons';
import { say } from '../../words/say';
import type { EditorPlace, EditorProblem } from './editor/editor-place';
import css from './definitions.module.css';
import { WORDS } from './words';

interface Props {
  readonly label: string;
  readonly problems: readonly EditorProblem[];
  readonly onGoTo: (place: EditorPlace) => void;
}

/** Complaints, each with the way to its place. */
export function ProblemList({ label, problems, onGoTo }: Props) {
  const words = say(WORDS);
  if (problems.length === 0) return null;
  return (
    <ol class={css['problems']} aria-label={label}>
      {problems.map(({ severity, line, column, message }, k) => (
        <li key={k}>
          <Icon
            name={severity === 'error' ? 'exhausted' : 'at_risk'}
            class={severity === 'error' ? css['error'] : css['warning']}
          />
          <span>
            <strong>{words.severities[severity]}</strong>{' '}
            <Button
              kind="quiet"
              class={css['place']}
              onClick={() => {
                onGoTo({ line, column });
              }}
            >
              {words.place(line, column)}
            </Button>{' '}
            <bdi>{message}</bdi>
          </span>
        </li>
      ))}
    </ol>
  );
}
