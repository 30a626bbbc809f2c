import { useCallback, useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import type { HistoryPointView } from '../../../../../src/slos/view-types';
import { told } from '../../../figures/told';
import { say } from '../../../words/say';
import { CHART_WORDS } from '../chart-words';
import type { Span } from '../span';
import { LOGARITHMIC, valueAxis } from './axes';
import { Chart, type Drawing } from './chart';
import { eventsData } from './chart-data';
import { type Colours, faded } from './colours';
import { Figure } from './figure';
import css from './figure.module.css';

interface Props {
  readonly points: readonly HistoryPointView[];
  readonly stepSeconds: number;
  readonly span: Span;
  readonly objective: number;
  readonly onDrag: (span: Span) => void;
}

const POWERS = Array.from({ length: 13 }, (_, k) => 10 ** k);

/** Events of each step; a logarithmic scale shows a few bad ones beside many good ones. */
export function EventsChart({ points, stepSeconds, span, objective, onDrag }: Props) {
  const words = say(CHART_WORDS);
  const figures = told.value;
  const data = useMemo(() => eventsData(points), [points]);
  const draw = useCallback(
    (colours: Colours): Drawing => {
      const most = Math.max(10, ...points.map(({ total }) => total));
      const bars = uPlot.paths.bars?.({ size: [0.9, 40, 1], align: -1 });
      return {
        y: { ...LOGARITHMIC, range: [0.5, most * 1.5] },
        axis: valueAxis(colours, (count) => figures.short(count), {
          splits: (_, __, ___, max) => POWERS.filter((count) => count <= max),
          space: 22,
        }),
        series: [barSeries(faded(colours.neutral, 0.35), bars), barSeries(colours.critical, bars)],
      };
    },
    [points, figures],
  );
  const toldAt = (k: number) => {
    const point = points[k];
    if (point === undefined) return '';
    const [bad, total] = [point.total - point.good, point.total].map((n) => figures.count(n, 2));
    const sli = point.sli === null ? '' : `, ${words.goodShare(figures.sli(point.sli, objective))}`;
    return `${figures.nearInstant(point.t)}: ${words.events(bad ?? '', total ?? '')}${sli}`;
  };
  const step = figures.duration(stepSeconds);
  return (
    <Figure
      title={words.eventsTitle(step)}
      about={words.eventsAbout(step)}
      points={points}
      toldAt={toldAt}
      columns={[
        { title: words.good, told: ({ good }) => figures.count(good, 2) },
        { title: words.bad, told: ({ good, total }) => figures.count(total - good, 2) },
        { title: words.total, told: ({ total }) => figures.count(total, 2) },
        { title: words.badRaw, told: ({ raw }) => figures.count(raw.total - raw.good, 2) },
      ]}
      legend={
        <ul class={css['legend']}>
          <li>
            <span class={css['all']} aria-hidden="true" />
            {words.total}
          </li>
          <li>
            <span class={css['bad']} aria-hidden="true" />
            {words.bad}
          </li>
        </ul>
      }
    >
      <Chart
        name="events"
        label={words.pointOf(words.eventsTitle(step))}
        height={150}
        {...{ data, span, draw, onDrag, toldAt }}
      />
    </Figure>
  );
}

function barSeries(fill: string, paths: uPlot.Series.PathBuilder | undefined): uPlot.Series {
  return { fill, stroke: fill, width: 0, points: { show: false }, ...(paths && { paths }) };
}
