import { useCallback, useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { HistoryPointView } from '../../../../../src/slos/view-types';
import { told } from '../../../figures/told';
import { say } from '../../../words/say';
import { CHART_WORDS } from '../chart-words';
import type { Span } from '../span';
import { valueAxis } from './axes';
import { Chart, type Drawing } from './chart';
import { budgetData, budgetReach } from './chart-data';
import { type Colours, faded } from './colours';
import { Figure } from './figure';
import { LANES_HEIGHT, overlayHooks, type Overlays } from './overlays';

interface Props {
  readonly points: readonly HistoryPointView[];
  readonly span: Span;
  readonly withRaw: boolean;
  readonly overlays: Overlays;
  readonly onDrag: (span: Span) => void;
}

/** What was left of the budget of the SLO window that ended at each instant. */
export function BudgetChart({ points, span, withRaw, overlays, onDrag }: Props) {
  const words = say(CHART_WORDS);
  const figures = told.value;
  const data = useMemo(() => budgetData(points, withRaw), [points, withRaw]);
  const draw = useCallback(
    (colours: Colours): Drawing => ({
      top: LANES_HEIGHT,
      y: { range: [budgetReach(data).min, budgetReach(data).max] },
      axis: valueAxis(colours, (left) => figures.objective(left)),
      hooks: withZero(overlayHooks(overlays, colours), colours),
      series: [
        {
          stroke: colours.accent,
          width: 2,
          fill: (u) => aroundZero(u, colours),
          fillTo: 0,
          points: { show: false },
        },
        ...(withRaw
          ? [{ stroke: colours.soft, width: 1.5, dash: [5, 4], points: { show: false } }]
          : []),
      ],
    }),
    [data, overlays, withRaw, figures],
  );
  const toldAt = (k: number) => {
    const point = points[k];
    if (point === undefined) return '';
    const left = words.left(figures.remaining(point.remainingRatio));
    const seen = withRaw ? `; ${words.seen(figures.remaining(point.raw.remainingRatio))}` : '';
    return `${figures.nearInstant(point.t)}: ${left}${seen}`;
  };
  return (
    <Figure
      title={words.budget}
      about={words.budgetAbout}
      points={points}
      toldAt={toldAt}
      columns={[
        { title: words.remaining, told: (point) => figures.remaining(point.remainingRatio) },
        {
          title: words.remainingRaw,
          told: (point) => figures.remaining(point.raw.remainingRatio),
        },
      ]}
    >
      <Chart
        name="budget"
        label={words.pointOf(words.budget)}
        height={250}
        {...{ data, span, draw, onDrag, toldAt }}
      />
    </Figure>
  );
}

/** What is overspent has another colour, and lies below a line. */
function aroundZero(u: uPlot, { accent, exhausted }: Colours) {
  const { ctx, bbox } = u;
  const gradient = ctx.createLinearGradient(0, bbox.top, 0, bbox.top + bbox.height);
  const zero = (u.valToPos(0, 'y', true) - bbox.top) / bbox.height;
  const at = Number.isFinite(zero) ? Math.min(1, Math.max(0, zero)) : 1;
  gradient.addColorStop(0, faded(accent, 0.16));
  gradient.addColorStop(at, faded(accent, 0.16));
  gradient.addColorStop(at, faded(exhausted, 0.3));
  gradient.addColorStop(1, faded(exhausted, 0.3));
  return gradient;
}

function withZero(hooks: uPlot.Hooks.Arrays, colours: Colours): uPlot.Hooks.Arrays {
  const line = (u: uPlot) => {
    const { ctx, bbox } = u;
    const y = Math.round(u.valToPos(0, 'y', true));
    ctx.fillStyle = colours.exhausted;
    ctx.fillRect(bbox.left, y - devicePixelRatio, bbox.width, 1.5 * devicePixelRatio);
  };
  return { ...hooks, draw: [line, ...(hooks.draw ?? [])] };
}
