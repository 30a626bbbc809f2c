import type { ForecastView } from '../../../../src/slos/forecast-view.dto';
import type { Figures } from '../../figures/figures';
import { windowText } from '../../words/window-text';
import type { ForecastWords } from './forecast-words';

/**
 * What becomes of a budget, in sentences: at which pace, until when, and what would bring it back.
 *
 *     At the pace of the last 1h (2.00×) it is spent on Sun 6 Dec, 14:00, in 6d 2h.
 */
export function forecastSentences(
  forecast: ForecastView,
  words: ForecastWords,
  figures: Figures,
): readonly string[] {
  const { assumption, exhaustion, recovery, projected } = forecast;
  if (forecast.reason !== null || assumption.burnRate === null) return [words.unknown];
  const pace = words.pace(assumption.burn, figures.burn(assumption.burnRate));
  if (recovery !== null) return spentSentences(pace, forecast, words, figures);
  const sentences: string[] = [];
  if (exhaustion.at !== null) {
    sentences.push(
      words.spentOn(
        pace,
        figures.nearInstant(exhaustion.at),
        figures.duration(exhaustion.inSeconds),
      ),
    );
    const { earliest, latest } = forecast.exhaustionRange ?? { earliest: null, latest: null };
    if (earliest !== null && earliest !== latest) {
      const last = latest === null ? words.never : figures.nearInstant(latest);
      sentences.push(words.between(figures.nearInstant(earliest), last));
    }
  } else if (projected !== null) {
    sentences.push(
      words.lastsPeriod(
        pace,
        figures.nearInstant(projected.endsAt),
        figures.remaining(projected.remainingRatio),
      ),
    );
  } else {
    sentences.push(words.lasts(pace, windowText(words.windows, forecast.window.duration).next));
  }
  const back = leavingSentence(forecast, words, figures);
  return back === null ? sentences : [...sentences, back];
}

/** It is spent: when something is left again, and when if nothing more went wrong. */
function spentSentences(
  pace: string,
  { recovery, window }: ForecastView,
  words: ForecastWords,
  figures: Figures,
): readonly string[] {
  if (recovery === null) return [];
  const { at, inSeconds, withoutFurtherBadAt, highest } = recovery;
  const first =
    at === null
      ? words.staysSpent(pace, windowText(words.windows, window.duration).next)
      : words.backOn(pace, figures.nearInstant(at), figures.duration(inSeconds));
  const sentences = [first];
  if (withoutFurtherBadAt !== null && withoutFurtherBadAt !== at) {
    sentences.push(words.calmBack(figures.nearInstant(withoutFurtherBadAt)));
  }
  if (at !== null && (highest.remainingRatio ?? 0) > 0) {
    sentences.push(
      words.highest(figures.remaining(highest.remainingRatio), figures.nearInstant(highest.at)),
    );
  }
  return sentences;
}

/** Of a rolling window: when the largest part of what was spent is no longer in it. */
function leavingSentence(
  { leaving, window }: ForecastView,
  words: ForecastWords,
  figures: Figures,
): string | null {
  if (window.kind !== 'rolling') return null;
  let most = leaving[0];
  for (const each of leaving) if (each.bad > (most?.bad ?? 0)) most = each;
  if (most?.shareRatio == null || most.shareRatio < LEAST_SHARE) return null;
  return words.leaves(
    figures.consumed(most.shareRatio),
    figures.shortDate(most.from),
    figures.nearInstant(most.leavesTo),
  );
}

/** Less than a twentieth of the budget changes nobody's plans. */
const LEAST_SHARE = 0.05;
