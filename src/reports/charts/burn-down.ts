import { area, line } from 'd3-shape';
import type { Report, ReportedEpisode, SloReport } from '../report';
import type { Wording } from '../words/wording';
import type { Drawing, Shape } from './drawing';
import { dashedLine, daysOf, Frame, label, round } from './frame';
import { PALETTE } from './palette';

/** Labels of episodes nearer to each other than this would lie on one another. */
const LABEL_WIDTH = 16;
/** Of the most costly episodes: hundreds of bands would hide the curve. */
const MARKED = 10;

/** Days since the month's begin, and the share of its budget that is left then. */
type Left = readonly [day: number, remaining: number];

/**
 * How the month's budget went down, from all of it to what is left in the end; below zero it is dark. Each
 * day takes its bad events' share of what is allowed in the month (up to the cut-off), so that a step down
 * is the share that the episodes of the day are told with. The most costly are marked, with their numbers.
 */
export function burnDown(
  report: Pick<Report, 'month' | 'from' | 'to' | 'cutOff'>,
  slo: Pick<SloReport, 'days' | 'budget' | 'episodes'>,
  wording: Wording,
): Drawing {
  const { charts } = wording.words;
  const left = burnedDown(report, slo);
  const frame = new Frame(report, Math.min(0, ...left.map(([, remaining]) => remaining)));
  const zero = frame.y(0);
  return {
    width: frame.width,
    height: frame.height,
    title: charts.burnDown,
    description: charts.burnDownDescription(
      wording.remaining(slo.budget.remainingRatio),
      wording.count(Math.min(slo.episodes.length, MARKED)),
      wording.count(slo.episodes.length),
    ),
    shapes: [
      ...frame.axes((value) => wording.objective(value)),
      ...(left.length === 0 ? [frame.centred(wording.words.noData)] : areas(left, frame)),
      ...episodes(report, slo.episodes, frame, wording),
      ...lines(left, frame),
      dashedLine(`M${frame.left} ${round(zero)}H${frame.right}`, PALETTE.objective),
      ...frame.key([
        { text: charts.budgetLeft, fill: PALETTE.good },
        { text: charts.overspent, fill: PALETTE.bad },
        { text: charts.episode, fill: PALETTE.episode },
      ]),
    ],
  };
}

/** Ends with what is left of the month's budget; empty where nobody knows. */
function burnedDown(
  report: Pick<Report, 'from' | 'to' | 'cutOff' | 'month'>,
  { days, budget }: Pick<SloReport, 'days' | 'budget'>,
): readonly Left[] {
  const { allowedBad, remainingRatio } = budget;
  if (allowedBad === null || allowedBad <= 0 || remainingRatio === null) return [];
  const until = dayOf(report.cutOff, report);
  let bad = 0;
  const ends = days.map((day): Left => {
    bad += day.bad;
    return [Math.min(Number(day.date.slice(-2)), until), 1 - bad / allowedBad];
  });
  return crossingZero([[0, 1], ...ends]);
}

/** With the instants at which the budget was just spent, where the curve changes its colour. */
function crossingZero(points: readonly Left[]): readonly Left[] {
  return points.flatMap((point, k): readonly Left[] => {
    const before = points[k - 1];
    if (before === undefined || before[1] <= 0 || point[1] >= 0) return [point];
    const share = before[1] / (before[1] - point[1]);
    return [[before[0] + share * (point[0] - before[0]), 0], point];
  });
}

function areas(points: readonly Left[], { x, y }: Frame): readonly Shape[] {
  const under = area<Left>()
    .x(([day]) => x(day))
    .y0(y(0))
    .y1(([, remaining]) => y(remaining))
    .digits(2);
  return parts(points).map(({ part, over }): Shape => {
    return {
      kind: 'line',
      path: under(part) ?? '',
      fill: over ? PALETTE.badArea : PALETTE.goodArea,
    };
  });
}

function lines(points: readonly Left[], { x, y }: Frame): readonly Shape[] {
  const along = line<Left>()
    .x(([day]) => x(day))
    .y(([, remaining]) => y(remaining))
    .digits(2);
  return parts(points).map(({ part, over }): Shape => {
    const stroke = over ? PALETTE.bad : PALETTE.good;
    return { kind: 'line', path: along(part) ?? '', stroke, strokeWidth: 2 };
  });
}

/** While some of the budget was left, and from when it was overspent. */
function parts(points: readonly Left[]) {
  const left = { part: points.filter(([, remaining]) => remaining >= 0), over: false };
  const overspent = { part: points.filter(([, remaining]) => remaining <= 0), over: true };
  return [left, overspent].filter(({ part }) => part.length > 1);
}

/** As bands from top to bottom, with their numbers in the report's list of them. */
function episodes(
  report: Pick<Report, 'from' | 'to' | 'month'>,
  list: readonly ReportedEpisode[],
  { x, top, bottom }: Frame,
  wording: Wording,
): readonly Shape[] {
  const labelled: number[] = [];
  return list.slice(0, MARKED).flatMap(({ from, to, budgetShare }, k): readonly Shape[] => {
    const begin = x(dayOf(from, report));
    const width = Math.max(2, x(dayOf(to, report)) - begin);
    const number = wording.count(k + 1);
    const title = wording.words.charts.episodeTitle(
      number,
      wording.instant(from),
      wording.consumed(budgetShare),
    );
    const band: Shape = {
      ...{ kind: 'box', x: begin, y: top, width, height: bottom - top },
      ...{ fill: PALETTE.episode, title },
    };
    if (labelled.some((other) => Math.abs(other - begin) < LABEL_WIDTH)) return [band];
    labelled.push(begin);
    return [band, label(number, begin + width / 2, top - 3, 'middle')];
  });
}

/** Days since the month's begin; a day of 23 or 25 hours is not told from the others. */
function dayOf(at: string, { from, to, month }: Pick<Report, 'from' | 'to' | 'month'>): number {
  const share = (Date.parse(at) - Date.parse(from)) / (Date.parse(to) - Date.parse(from));
  return Math.min(1, Math.max(0, share)) * daysOf(month);
}
