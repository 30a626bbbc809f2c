import { useContext, useEffect, useRef } from 'preact/hooks';
import { useSignalEffect } from '@preact/signals';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { told } from '../../../figures/told';
import type { Span } from '../span';
import { dateOf, timeAxis } from './axes';
import type { ChartData } from './chart-data';
import css from './chart.module.css';
import { appearance, type Colours, coloursOf } from './colours';
import { Pointed } from './pointed';

/** What one chart has of its own. */
export interface Drawing {
  readonly series: readonly uPlot.Series[];
  readonly y: uPlot.Scale;
  readonly axis: uPlot.Axis;
  readonly hooks?: uPlot.Hooks.Arrays;
  readonly top?: number;
}

interface Props {
  /** What it is called by `performance.measure`. */
  readonly name: string;
  readonly label: string;
  readonly data: ChartData;
  readonly span: Span;
  readonly height: number;
  /** Kept the same by whoever asks, as long as the chart is to look the same. */
  readonly draw: (colours: Colours) => Drawing;
  readonly onDrag: (span: Span) => void;
  /** A point in words, for those who hear it. */
  readonly toldAt: (k: number) => string;
}

/**
 * A chart over time. The mouse points and drags; the keyboard points by the arrows, as on a slider,
 * and the values of the point are its text.
 */
export function Chart(props: Props) {
  const { name, label, data, span, height, draw, onDrag, toldAt } = props;
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const drag = useRef(onDrag);
  drag.current = onDrag;
  const pointed = useContext(Pointed);
  const [figures, looks] = [told.value, appearance.value];
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const began = performance.now();
    let isDrawn = false;
    const colours = coloursOf(element);
    const drawing = draw(colours);
    const made = new uPlot(
      {
        width: element.clientWidth,
        height,
        tzDate: dateOf(figures),
        legend: { show: false },
        padding: [drawing.top ?? 8, 10, 0, 0],
        cursor: {
          y: false,
          drag: { x: true, y: false, setScale: false, dist: 5 },
          points: { size: 7 },
        },
        scales: { x: { range: [span.from / 1000, span.to / 1000] }, y: drawing.y },
        axes: [timeAxis(colours, figures), drawing.axis],
        series: [{}, ...drawing.series],
        hooks: withOwn(drawing.hooks, {
          setCursor: (u) => {
            if (u.cursor.event !== undefined) pointed.value = u.cursor.idx ?? null;
          },
          setSelect: (u) => {
            const chosen = selected(u);
            if (chosen !== null) drag.current(chosen);
          },
          draw: () => {
            if (!isDrawn) measured(name, began);
            isDrawn = true;
          },
        }),
      },
      data,
      element,
    );
    plot.current = made;
    const sizes = new ResizeObserver(() => {
      if (element.clientWidth !== made.width) made.setSize({ width: element.clientWidth, height });
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [name, data, span.from, span.to, height, draw, figures, looks, pointed]);
  useSignalEffect(() => {
    const [u, k] = [plot.current, pointed.value];
    if (u === null || u.cursor.idx === k) return;
    const at = k === null ? undefined : u.data[0][k];
    u.setCursor({ left: at === undefined ? -10 : u.valToPos(at, 'x'), top: 8 }, false);
  });
  const last = data[0].length - 1;
  const at = Math.min(last, pointed.value ?? last);
  return (
    <div
      class={css['frame']}
      ref={frame}
      style={{ minHeight: `${height}px` }}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={Math.max(0, at)}
      aria-valuetext={at < 0 ? '' : toldAt(at)}
      onKeyDown={(event) => {
        const to = targetOf(event.key, at, last);
        if (to === null) return;
        event.preventDefault();
        pointed.value = to;
      }}
      onBlur={() => (pointed.value = null)}
      onMouseLeave={() => (pointed.value = null)}
    />
  );
}

const PAGE = 24;

function targetOf(key: string, at: number, last: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 },
    ...{ PageUp: PAGE, PageDown: -PAGE, Home: -Infinity, End: Infinity },
  };
  const step = steps[key];
  return step === undefined ? null : Math.max(0, Math.min(last, at + step));
}

/** What was dragged over, which then is no longer marked. */
function selected(u: uPlot): Span | null {
  const { left, width } = u.select;
  if (width < 1) return null;
  const millis = (place: number) => Math.round(u.posToVal(place, 'x')) * 1000;
  const span = { from: millis(left), to: millis(left + width) };
  u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  return span;
}

type Own = Readonly<Record<'setCursor' | 'setSelect' | 'draw', (u: uPlot) => void>>;

function withOwn(hooks: uPlot.Hooks.Arrays = {}, own: Own): uPlot.Hooks.Arrays {
  return {
    ...hooks,
    setCursor: [own.setCursor],
    setSelect: [own.setSelect],
    draw: [...(hooks.draw ?? []), own.draw],
  };
}

/** From when a chart began to be made until it was drawn, for whoever looks into performance. */
function measured(name: string, start: number): void {
  performance.clearMeasures(`chart ${name}`);
  performance.measure(`chart ${name}`, { start, end: performance.now() });
}
