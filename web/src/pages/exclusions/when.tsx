import type { ExclusionView } from '../../../../src/exclusions/exclusions.dto';
import { ruleSentence } from '../../exclusions/rule-sentence';
import { spanText } from '../../figures/span-text';
import { told } from '../../figures/told';
import { say } from '../../words/say';
import css from './exclusions.module.css';
import { WORDS } from './words';

/** The span, or the rule in words with when it comes next. */
export function When({ exclusion }: { readonly exclusion: ExclusionView }) {
  const figures = told.value;
  const { from, to, rrule, duration, timeZone, occurrences, state } = exclusion;
  if (rrule === null) {
    return (
      <span class={css['when']}>
        {to !== null && spanText(figures, from, to)}
        <span class={css['soft']}>
          {to !== null && figures.duration((Date.parse(to) - Date.parse(from)) / 1000)}
        </span>
      </span>
    );
  }
  const next = occurrences.find((one) => Date.parse(one.from) > Date.now());
  return (
    <span class={css['when']}>
      {ruleSentence({ from, rrule, duration, timeZone })}
      {next !== undefined && state !== 'revoked' && (
        <span class={css['soft']}>{say(WORDS).next(figures.nearInstant(next.from))}</span>
      )}
    </span>
  );
}
