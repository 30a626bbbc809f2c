import type { ForecastView } from '../../../../src/slos/forecast-view.dto';
import { useAnswer } from '../../api/answers';
import { tick } from '../../api/live';
import { told } from '../../figures/told';
import { Hint } from '../../kit/hint';
import { Shown } from '../../kit/states';
import { COMMON } from '../../words/common';
import { say } from '../../words/say';
import { askedPath, type Asking } from './address';
import { forecastSentences } from './forecast-text';
import { FORECAST_WORDS } from './forecast-words';
import css from './head.module.css';

/** What becomes of the budget, in words. */
export function Forecast({ asking }: { readonly asking: Asking }) {
  const words = say(FORECAST_WORDS);
  const forecast = useAnswer<ForecastView>(askedPath(asking, 'forecast'), { follows: tick });
  return (
    <section class={css['fact']} aria-labelledby="forecast">
      <h2 id="forecast" class={css['name']}>
        {words.title}
        <Hint label={`${say(COMMON).more}: ${words.title}`}>{words.about}</Hint>
      </h2>
      <Shown of={forecast}>
        {(view) =>
          forecastSentences(view, words, told.value).map((sentence, k) => (
            <p key={sentence} class={k === 0 ? css['first'] : undefined}>
              {sentence}
            </p>
          ))
        }
      </Shown>
    </section>
  );
}
