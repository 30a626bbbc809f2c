import type { Report, ReportedDay, SloReport } from '../report';
import type { Wording } from '../words/wording';
import type { Drawing, Shape } from './drawing';
import { dashedLine, Frame, round } from './frame';
import { PALETTE } from './palette';

/**
 * What was achieved, a bar a day, and the objective as a line across. The axis begins where the worst
 * day or what half a budget below the objective would be is still seen, as its figures say; a day
 * below the objective is dark and has a mark above it, a day without events is grey from top to bottom.
 */
export function dailyBars(
  report: Pick<Report, 'month'>,
  { objective, days }: Pick<SloReport, 'objective' | 'days'>,
  wording: Wording,
): Drawing {
  const { charts } = wording.words;
  const known = days.filter(withEvents);
  const below = known.filter(({ sli }) => sli < objective);
  const worst = known.toSorted((a, b) => a.sli - b.sli)[0];
  const lowest = Math.min(worst?.sli ?? 1, objective - (1 - objective) / 2);
  const frame = new Frame(report, Math.max(0, lowest));
  const objectiveText = `${wording.words.objective} ${wording.objective(objective)}`;
  return {
    width: frame.width,
    height: frame.height,
    title: charts.dailyBars,
    description: charts.dailyBarsDescription(
      charts.days(known.length, wording.count(known.length)),
      charts.days(below.length, wording.count(below.length)),
      worst === undefined
        ? wording.words.noData
        : `${wording.shortDate(worst.date)}, ${wording.sli(worst.sli)}`,
    ),
    shapes: [
      ...frame.axes((value) => wording.objective(value)),
      ...(worst === undefined ? [frame.centred(wording.words.noData)] : []),
      ...days.flatMap((day) => bar(day, objective, frame, wording)),
      dashedLine(`M${frame.left} ${round(frame.y(objective))}H${frame.right}`, PALETTE.objective),
      ...frame.key([
        { text: charts.atObjective, fill: PALETTE.good },
        { text: charts.belowObjective, fill: PALETTE.bad },
        { text: charts.noEvents, fill: PALETTE.missing },
        { text: objectiveText, fill: PALETTE.objective, dashed: true },
      ]),
    ],
  };
}

function bar(
  day: ReportedDay,
  objective: number,
  { x, y, top, bottom }: Frame,
  wording: Wording,
): readonly Shape[] {
  const number = Number(day.date.slice(-2));
  const left = x(number - 1) + 2;
  const width = x(number) - 2 - left;
  if (!withEvents(day)) {
    const title = `${wording.shortDate(day.date)}: ${wording.words.charts.noEvents}`;
    const fill = PALETTE.missing;
    return [{ kind: 'box', x: left, y: top, width, height: bottom - top, fill, title }];
  }
  const { sli, bad, total } = day;
  // A sliver is left of the worst day, so that it is not taken for none.
  const height = Math.max(2, bottom - y(sli));
  const title = wording.words.charts.dayTitle(
    wording.shortDate(day.date),
    wording.sli(sli),
    wording.count(bad),
    wording.count(total),
  );
  const missed = sli < objective;
  const fill = missed ? PALETTE.bad : PALETTE.good;
  const box: Shape = { kind: 'box', x: left, y: bottom - height, width, height, fill, title };
  return missed ? [box, mark(left + width / 2, bottom - height - 3)] : [box];
}

/** A small triangle that points down. */
function mark(x: number, y: number): Shape {
  const path = `M${round(x - 4)} ${round(y - 6)}h8l-4 6z`;
  return { kind: 'line', path, fill: PALETTE.bad };
}

type DayWithEvents = ReportedDay & { readonly sli: number };

function withEvents(day: ReportedDay): day is DayWithEvents {
  return day.sli !== null;
}
