import { told } from '../figures/told';
import { type LinePoint, linePath, placeOf, type Scale } from './line-path';
import css from './line-chart.module.css';

interface Props {
  readonly title: string;
  /** What it shows in a sentence, for those who do not see it. */
  readonly label: string;
  readonly points: readonly LinePoint[];
  readonly values: Scale;
  /** A line across: nothing left, exactly on budget. */
  readonly mark: number;
  readonly tell: (value: number) => string;
}

const WIDTH = 600;
const HEIGHT = 110;

/** One figure over time. What it shows stands in numbers beside it, too. */
export function LineChart({ title, label, points, values, mark, tell }: Props) {
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const times = { from: first, to: Math.max(last, first + 1) };
  const markAt = (1 - placeOf(mark, values)) * HEIGHT;
  return (
    <figure class={css['figure']}>
      <figcaption>{title}</figcaption>
      <div class={css['frame']}>
        <span class={css['top']}>{tell(values.to)}</span>
        <span class={css['bottom']}>{tell(values.from)}</span>
        <svg
          class={css['chart']}
          viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          <path class={css['mark']} d={`M0 ${String(markAt)}H${String(WIDTH)}`} />
          <path class={css['line']} d={linePath(points, times, values, WIDTH, HEIGHT)} />
        </svg>
        <span class={css['begin']}>{told.value.shortDate(first)}</span>
        <span class={css['end']}>{told.value.shortDate(last)}</span>
      </div>
    </figure>
  );
}
