import uPlot from 'uplot';
import type { Figures } from '../../../figures/figures';
import type { Colours } from './colours';

/** uPlot's types name a constant that is not there when it runs. */
export const LOGARITHMIC = { distr: 3, log: 10 } as unknown as Pick<uPlot.Scale, 'distr' | 'log'>;

const FONT = '11px system-ui, sans-serif';
const DAY_SECONDS = 86_400;
/** As wide in every chart, so that the same instant stands at the same place. */
const LEFT_AXIS = 52;

/** Instants by the clocks that are chosen; a day is named where it begins. */
export function timeAxis(colours: Colours, figures: Figures): uPlot.Axis {
  return {
    ...looks(colours),
    size: 34,
    space: 70,
    values: (_, splits, __, ___, increment) => {
      let day = '';
      return splits.map((at) => {
        const date = figures.shortDate(at * 1000);
        if (increment >= DAY_SECONDS) return date;
        const isNew = date !== day;
        day = date;
        return isNew ? `${figures.clock(at * 1000)}\n${date}` : figures.clock(at * 1000);
      });
    },
  };
}

export function valueAxis(
  colours: Colours,
  told: (value: number) => string,
  more: Partial<uPlot.Axis> = {},
): uPlot.Axis {
  return {
    ...looks(colours),
    size: LEFT_AXIS,
    space: 32,
    values: (_, splits) =>
      splits.map((value: number | null) => (value === null ? null : told(value))),
    ...more,
  };
}

/** Where days begin, for the places of the time axis. */
export function dateOf(figures: Figures): uPlot.LocalDateFromUnix {
  const { timeZone } = figures;
  if (timeZone === undefined) return (at) => new Date(at * 1000);
  return (at) => uPlot.tzDate(new Date(at * 1000), timeZone === 'UTC' ? 'Etc/UTC' : timeZone);
}

function looks({ soft, line }: Colours): uPlot.Axis {
  return {
    stroke: soft,
    font: FONT,
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
    gap: 6,
  };
}
