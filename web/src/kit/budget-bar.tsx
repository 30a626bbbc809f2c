import type { SloRow } from '../../../src/slos/view-types';
import { told } from '../figures/told';
import { COMMON } from '../words/common';
import { say } from '../words/say';
import { barPlaces } from './budget-scale';
import css from './budget-bar.module.css';

interface Props {
  readonly remainingRatio: number | null;
  readonly coverage?: Pick<SloRow['coverage'], 'remainingRatioWorst' | 'remainingRatioBest'>;
  readonly status: SloRow['status'];
}

const WIDTH = 150;
const HEIGHT = 12;

/** What is left of a budget, from a line that means nothing is left: to its right, or too much spent to its left. */
export function BudgetBar({ remainingRatio, coverage, status }: Props) {
  const { remainingRatioWorst: worst = null, remainingRatioBest: best = null } = coverage ?? {};
  const label = labelOf(remainingRatio, worst, best);
  if (remainingRatio === null) return <span class={css['unknown']} role="img" aria-label={label} />;
  const { zero, end, isCut, band } = barPlaces(remainingRatio, worst, best);
  const [from, to] = [Math.min(zero, end) * WIDTH, Math.max(zero, end) * WIDTH];
  return (
    <svg
      class={css['bar']}
      data-status={status}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <rect
        class={css['track']}
        x={zero * WIDTH}
        y="3"
        width={WIDTH - zero * WIDTH}
        height="6"
        rx="1"
      />
      <rect class={css['left']} x={from} y="3" width={Math.max(1, to - from)} height="6" rx="1" />
      {band && <path class={css['band']} d={whisker(band.from * WIDTH, band.to * WIDTH)} />}
      {isCut && <path class={css['cut']} d="M6 2.500 3 9.500 M10 2.500 7 9.500" />}
      <path class={css['zero']} d={`M${zero * WIDTH} 0V${HEIGHT}`} />
    </svg>
  );
}

/** A line with an end at each side. */
function whisker(from: number, to: number): string {
  return `M${from} 1V11M${from} 6H${to}M${to} 1V11`;
}

function labelOf(remaining: number | null, worst: number | null, best: number | null): string {
  const [words, figures] = [say(COMMON), told.value];
  if (remaining === null) return words.remainingUnknown;
  const left = figures.remaining(remaining);
  if (worst === null || best === null || worst === best) return words.remaining(left);
  return words.remainingBand(left, figures.remaining(worst), figures.remaining(best));
}
