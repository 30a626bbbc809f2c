import type { MarkerView } from '../../../../../src/exclusions/markers.dto';
import { say } from '../../../words/say';
import { CHART_WORDS } from '../chart-words';
import css from './figure.module.css';
import { lineStyle } from './line-styles';
import type { Overlays } from './overlays';

/** A piece of a line as it is drawn. */
export function LineSample({ k }: { readonly k: number }) {
  const { colour, dash } = lineStyle(k);
  return (
    <svg class={css['sample']} viewBox="0 0 26 8" width="26" height="8" aria-hidden="true">
      <path class={css[colour]} d="M0 4H26" stroke-dasharray={dash.join(' ')} />
    </svg>
  );
}

const POINTS: Readonly<Record<MarkerView['kind'], string>> = {
  deploy: '5,0 10,9 0,9',
  incident: '5,0 10,5 5,10 0,5',
  other: '1,1 9,1 9,9 1,9',
};

/** What of a kind happened, in the shape that the chart draws. */
export function MarkerSample({ kind }: { readonly kind: MarkerView['kind'] }) {
  return (
    <svg
      class={kind === 'incident' ? css['incident'] : css['marker']}
      viewBox="0 0 10 10"
      width="10"
      height="10"
      aria-hidden="true"
    >
      <polygon points={POINTS[kind]} />
    </svg>
  );
}

/** What is drawn beside the figures, as far as there is any. */
export function OverlayLegend({
  overlays: { episodes, exclusions, markers },
  withRaw,
}: {
  readonly overlays: Overlays;
  readonly withRaw: boolean;
}) {
  const words = say(CHART_WORDS);
  const kinds = [...new Set(markers.map(({ kind }) => kind))];
  return (
    <ul class={css['legend']}>
      {withRaw && (
        <li>
          <svg class={css['sample']} viewBox="0 0 26 8" width="26" height="8" aria-hidden="true">
            <path class={css['soft']} d="M0 4H26" stroke-dasharray="5 4" />
          </svg>
          {words.rawLine}
        </li>
      )}
      {episodes.length > 0 && (
        <li>
          <span class={css['episode']} aria-hidden="true" />
          {words.episode}
        </li>
      )}
      {exclusions.length > 0 && (
        <li>
          <span class={css['excluded']} aria-hidden="true" />
          {words.excluded}
        </li>
      )}
      {kinds.map((kind) => (
        <li key={kind}>
          <MarkerSample kind={kind} />
          {words.kinds[kind]}
        </li>
      ))}
    </ul>
  );
}
