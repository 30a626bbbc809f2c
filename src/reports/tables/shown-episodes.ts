import type { SloReport } from '../report';
import type { Wording } from '../words/wording';
import { numbered, type NumberedEpisode } from './list-columns';

/** Hundreds of short ones would fill pages. */
const EPISODES_SHOWN = 10;

/** An SLO's episodes, the most costly first. */
export interface ShownEpisodes {
  readonly shown: readonly NumberedEpisode[];
  readonly rest: readonly NumberedEpisode[];
  /** How many the rest are and what they took together. */
  readonly restSentence: string;
}

export function shownEpisodes(slo: Pick<SloReport, 'episodes'>, wording: Wording): ShownEpisodes {
  const all = numbered(slo);
  const rest = all.slice(EPISODES_SHOWN);
  const share = rest.every(({ budgetShare }) => budgetShare === null)
    ? null
    : rest.reduce((sum, { budgetShare }) => sum + (budgetShare ?? 0), 0);
  const { more } = wording.words.episodes;
  const restSentence = more(wording.count(rest.length), wording.consumed(share));
  return { shown: all.slice(0, EPISODES_SHOWN), rest, restSentence };
}
