import { useCallback, useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { HistoryPointView } from '../../../../../src/slos/view-types';
import { told } from '../../../figures/told';
import { say } from '../../../words/say';
import { CHART_WORDS } from '../chart-words';
import type { Span } from '../span';
import { LOGARITHMIC, valueAxis } from './axes';
import { Chart, type Drawing } from './chart';
import { burnData, burnTop, LEAST_BURN, type Threshold } from './chart-data';
import type { Colours } from './colours';
import { Figure } from './figure';
import { LineSample } from './legend';
import { lineStyle } from './line-styles';
import css from './figure.module.css';

interface Props {
  readonly points: readonly HistoryPointView[];
  readonly windows: readonly string[];
  readonly thresholds: readonly Threshold[];
  readonly span: Span;
  readonly onDrag: (span: Span) => void;
}

/** How fast the budget went over each long window, against the factors that alert. */
export function BurnChart({ points, windows, thresholds, span, onDrag }: Props) {
  const words = say(CHART_WORDS);
  const figures = told.value;
  const data = useMemo(() => burnData(points, windows), [points, windows]);
  const draw = useCallback(
    (colours: Colours): Drawing => ({
      y: { ...LOGARITHMIC, range: [LEAST_BURN, burnTop(data, thresholds)] },
      axis: valueAxis(colours, (rate) => `${figures.count(rate, 1)}×`, {
        splits: (_, __, min, max) =>
          [0.1, 1, 10, 100, 1_000, 10_000].filter((rate) => rate >= min && rate <= max),
      }),
      hooks: {
        draw: [
          (u) => {
            drawThresholds(u, windows, thresholds, colours, (factor) => figures.count(factor, 2));
          },
        ],
      },
      series: windows.map((_, k) => ({
        stroke: colours[lineStyle(k).colour],
        dash: lineStyle(k).dash,
        width: 1.75,
        points: { show: false },
      })),
    }),
    [data, thresholds, windows, figures],
  );
  const rateAt = (point: HistoryPointView, window: string) =>
    figures.burn(point.burnRates?.[window] ?? null);
  const toldAt = (k: number) => {
    const point = points[k];
    if (point === undefined) return '';
    const rates = windows.map((window) => `${window} ${rateAt(point, window)}`);
    return `${figures.nearInstant(point.t)}: ${rates.join(', ')}`;
  };
  return (
    <Figure
      title={words.burn}
      about={words.burnAbout}
      points={points}
      toldAt={toldAt}
      columns={windows.map((window) => ({
        title: words.burnOver(window),
        told: (point) => rateAt(point, window),
      }))}
      legend={
        <ul class={css['legend']}>
          {windows.map((window, k) => (
            <li key={window}>
              <LineSample k={k} />
              {words.over(window)}
            </li>
          ))}
          <li>{words.thresholds}</li>
        </ul>
      }
    >
      <Chart
        name="burn"
        label={words.pointOf(words.burn)}
        height={220}
        {...{ data, span, draw, onDrag, toldAt }}
      />
    </Figure>
  );
}

/** A line for each factor in the looks of its window, and one where the budget lasts just as long as its window. */
function drawThresholds(
  u: uPlot,
  windows: readonly string[],
  thresholds: readonly Threshold[],
  colours: Colours,
  told: (factor: number) => string,
): void {
  const { ctx } = u;
  ctx.save();
  const paper = colours.surface;
  rule(u, 1, { colour: colours.soft, dash: [], text: '', paper });
  for (const { factor, severity, long } of thresholds) {
    const k = Math.max(0, windows.indexOf(long));
    const { colour, dash } = lineStyle(k);
    const text = `${told(factor)}× ${severity} · ${long}`;
    rule(u, factor, { colour: colours[colour], dash, text, paper });
  }
  ctx.restore();
}

interface RuleLooks {
  readonly colour: string;
  readonly dash: readonly number[];
  readonly text: string;
  /** Of what lies below everything. */
  readonly paper: string;
}

function rule(u: uPlot, at: number, { colour, dash, text, paper }: RuleLooks): void {
  const { ctx, bbox } = u;
  const px = devicePixelRatio;
  const y = Math.round(u.valToPos(at, 'y', true));
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  [ctx.strokeStyle, ctx.fillStyle, ctx.lineWidth] = [colour, colour, px];
  ctx.setLineDash(dash.map((length) => length * px));
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `${11 * px}px system-ui, sans-serif`;
  [ctx.textAlign, ctx.textBaseline] = ['left', 'bottom'];
  // Lines may run through it.
  [ctx.strokeStyle, ctx.lineWidth, ctx.lineJoin] = [paper, 4 * px, 'round'];
  ctx.setLineDash([]);
  ctx.strokeText(text, bbox.left + 4 * px, y - 2 * px);
  ctx.fillText(text, bbox.left + 4 * px, y - 2 * px);
}
