import type { ExclusionView } from '../../../src/exclusions/exclusions.dto';
import { toldIn } from '../figures/told';
import { Note } from '../kit/section';
import { say } from '../words/say';
import css from './times.module.css';
import { WORDS } from './words';

const MOST = 5;

/** When it is in effect next, or was last, on the clocks of its own zone. */
export function Times({ exclusion }: { readonly exclusion: ExclusionView }) {
  const words = say(WORDS);
  const { occurrences, moreOccurrences, timeZone } = exclusion;
  const zone = timeZone ?? 'UTC';
  const figures = toldIn(zone);
  const now = Date.now();
  const ahead = occurrences.filter(({ to }) => Date.parse(to) > now);
  const shown = ahead.length > 0 ? ahead.slice(0, MOST) : occurrences.slice(-MOST);
  const more = ahead.length - shown.length + moreOccurrences;
  if (shown.length === 0) return <Note>{words.noTimes}</Note>;
  return (
    <div class={css['times']}>
      <h3>
        {words.times} ({zone})
      </h3>
      <ul>
        {shown.map(({ from, to }) => (
          <li key={from}>
            {figures.nearInstant(from)} – {figures.clock(to)}
          </li>
        ))}
        {more > 0 && <li>{words.moreTimes(figures.count(more))}</li>}
      </ul>
    </div>
  );
}
