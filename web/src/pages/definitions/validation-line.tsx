import type { ValidationView } from '../../../../src/authoring/definition-views';
import type { Asked } from '../../api/answers';
import { Icon } from '../../kit/icons';
import { may } from '../../session/session';
import { say } from '../../words/say';
import css from './definitions.module.css';
import { WORDS } from './words';

interface Props {
  readonly text: string;
  readonly of: Asked<ValidationView>;
}

/** In one line: the language, how many SLOs, how many errors and warnings. */
export function ValidationLine({ text, of: { data, failure, pending } }: Props) {
  const words = say(WORDS);
  if (!may('editor')) return null;
  if (text.trim() === '') return <p role="status">{words.empty}</p>;
  if (data === undefined) {
    const notChecked = failure && `${words.notChecked} ${failure.problem.detail}`;
    return <p role="status">{notChecked ?? words.checking}</p>;
  }
  const count = (severity: string) =>
    data.problems.filter((problem) => problem.severity === severity).length;
  const languages = new Set(data.documents.map(({ language }) => language));
  const [errors, warnings] = [count('error'), count('warning')];
  return (
    <p role="status" class={css['row']} aria-busy={pending}>
      <span>
        {[...languages]
          .map((language) =>
            language === null ? words.unknownLanguage : words.languages[language],
          )
          .join(', ')}
        {', '}
        {words.defines(data.slos.length)}
      </span>
      <span class={css['badge']}>
        <Icon
          name={errors === 0 ? 'healthy' : 'exhausted'}
          class={errors === 0 ? css['good'] : css['error']}
        />
        {errors === 0 ? words.sound : words.errorCount(errors)}
      </span>
      {warnings > 0 && (
        <span class={css['badge']}>
          <Icon name="at_risk" class={css['warning']} />
          {words.warningCount(warnings)}
        </span>
      )}
      {failure && (
        <span>
          {words.notChecked} {failure.problem.detail}
        </span>
      )}
    </p>
  );
}
