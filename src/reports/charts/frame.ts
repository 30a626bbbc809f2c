import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { DateTime } from 'luxon';
import type { Report } from '../report';
import type { Shape, Text } from './drawing';
import { PALETTE } from './palette';

const TEXT_SIZE = 11;

/** Of every chart over a month: so low that all that a PDF tells of an SLO usually stands on one page. */
export const CHART_SIZE = { width: 720, height: 150 } as const;

/** Where a chart over a month has its axes. */
export class Frame {
  readonly width = CHART_SIZE.width;
  readonly height = CHART_SIZE.height;
  readonly left = 64;
  readonly right = this.width - 8;
  readonly top = 30;
  readonly bottom = this.height - 22;
  readonly days: number;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;

  /**
   * @param lower the least value that is shown; the most is 1
   */
  constructor({ month }: Pick<Report, 'month'>, lower: number) {
    this.days = daysOf(month);
    this.x = scaleLinear([0, this.days], [this.left, this.right]);
    this.y = scaleLinear([lower, 1], [this.bottom, this.top]).nice(4);
  }

  get lowest(): number {
    return this.y.domain()[0] ?? 0;
  }

  /** Lines with their values, and the days below. */
  axes(tick: (value: number) => string): readonly Shape[] {
    const { left, right, bottom, x, y, days } = this;
    const lines = y
      .ticks(4)
      .flatMap((value): readonly Shape[] => [
        { kind: 'line', path: `M${left} ${round(y(value))}H${right}`, stroke: PALETTE.grid },
        label(tick(value), left - 6, y(value) + 4, 'end'),
      ]);
    const marked = [1, 5, 10, 15, 20, 25, days];
    return [
      ...lines,
      ...marked.map((day) => label(String(day), x(day - 0.5), bottom + 15, 'middle')),
    ];
  }

  centred(text: string): Shape {
    return label(text, (this.left + this.right) / 2, (this.top + this.bottom) / 2, 'middle');
  }

  /** What the marks mean, above the chart. */
  key(entries: readonly KeyEntry[]): readonly Shape[] {
    const slot = (this.right - this.left) / entries.length;
    return entries.flatMap(({ text, fill, dashed }, k): readonly Shape[] => {
      const x = this.left + k * slot;
      return [
        dashed === true
          ? dashedLine(`M${round(x)} 9h14`, fill)
          : { kind: 'box', x, y: 4, width: 10, height: 10, fill },
        label(text, x + 18, 13, 'start'),
      ];
    });
  }
}

interface KeyEntry {
  readonly text: string;
  readonly fill: string;
  readonly dashed?: boolean;
}

export function dashedLine(path: string, stroke: string): Shape {
  return { kind: 'line', path, stroke, strokeWidth: 1.5, dash: [5, 3] };
}

export function daysOf(month: string): number {
  return DateTime.fromISO(month, { zone: 'utc' }).daysInMonth ?? 31;
}

export function label(text: string, x: number, y: number, anchor: Text['anchor']): Text {
  return { kind: 'text', text, x, y, anchor, size: TEXT_SIZE, fill: PALETTE.muted };
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
