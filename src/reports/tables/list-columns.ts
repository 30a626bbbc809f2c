import type {
  ReportedDay,
  ReportedEpisode,
  ReportedExclusion,
  ReportedObjective,
  SloReport,
  ReportedMonth,
} from '../report';
import type { Columns } from './column';

/** The objectives that were in force. */
export const OBJECTIVE_COLUMNS: Columns<ReportedObjective> = [
  {
    of: 'from',
    title: (words) => words.facts.from,
    figure: (row) => ({ kind: 'instant', value: row.from }),
  },
  {
    of: 'to',
    title: (words) => words.facts.to,
    figure: (row) => ({ kind: 'instant', value: row.to }),
  },
  {
    of: 'objective',
    title: (words) => words.objective,
    figure: (row) => ({ kind: 'objective', value: row.objective }),
  },
];

/** Day by day. */
export const DAY_COLUMNS: Columns<ReportedDay> = [
  {
    of: 'date',
    title: (words) => words.days.date,
    figure: (row) => ({ kind: 'date', value: row.date }),
  },
  {
    of: 'sli',
    title: (words) => words.days.sli,
    figure: (row) => ({ kind: 'sli', value: row.sli }),
  },
  {
    of: 'bad',
    title: (words) => words.days.bad,
    figure: (row) => ({ kind: 'count', value: row.bad }),
  },
  {
    of: 'total',
    title: (words) => words.days.total,
    figure: (row) => ({ kind: 'count', value: row.total }),
  },
  {
    of: 'coverage',
    title: (words) => words.days.coverage,
    figure: (row) => ({ kind: 'coverage', value: row.coverage }),
  },
  {
    of: 'remainingRatio',
    title: (words) => words.days.remainingRatio,
    figure: (row) => ({ kind: 'remaining', value: row.remainingRatio }),
  },
];

/** What spent the budget, with its place in the list, by which charts name it. */
export type NumberedEpisode = ReportedEpisode & { readonly number: number };

export function numbered({ episodes }: Pick<SloReport, 'episodes'>): readonly NumberedEpisode[] {
  return episodes.map((episode, k) => ({ ...episode, number: k + 1 }));
}

/** What spent the budget. */
export const EPISODE_COLUMNS: Columns<NumberedEpisode> = [
  {
    of: '',
    title: (words) => words.episodes.number,
    figure: (row) => ({ kind: 'count', value: row.number }),
  },
  {
    of: 'from',
    title: (words) => words.episodes.from,
    figure: (row) => ({ kind: 'instant', value: row.from }),
  },
  {
    of: 'to',
    title: (words) => words.episodes.to,
    figure: (row) => ({ kind: 'instant', value: row.to }),
  },
  {
    of: '',
    title: (words) => words.episodes.duration,
    figure: (row) => ({ kind: 'minutes', value: minutesBetween(row.from, row.to) }),
  },
  {
    of: 'bad',
    title: (words) => words.episodes.bad,
    figure: (row) => ({ kind: 'count', value: row.bad }),
  },
  {
    of: 'total',
    title: (words) => words.episodes.total,
    figure: (row) => ({ kind: 'count', value: row.total }),
  },
  {
    of: 'budgetShare',
    title: (words) => words.episodes.budgetShare,
    figure: (row) => ({ kind: 'consumed', value: row.budgetShare }),
  },
  {
    of: 'peakBurnRate',
    title: (words) => words.episodes.peakBurnRate,
    figure: (row) => ({ kind: 'burnRate', value: row.peakBurnRate }),
  },
];

/** What was left out or counted as good. */
export const EXCLUSION_COLUMNS: Columns<ReportedExclusion> = [
  {
    of: 'from',
    title: (words) => words.exclusions.from,
    figure: (row) => ({ kind: 'instant', value: row.from }),
  },
  {
    of: 'to',
    title: (words) => words.exclusions.to,
    figure: (row) => ({ kind: 'instant', value: row.to }),
  },
  {
    of: 'treatment',
    title: (words) => words.exclusions.treatment,
    figure: (row) => ({ kind: 'treatment', value: row.treatment }),
  },
  {
    of: 'reason',
    title: (words) => words.exclusions.reason,
    figure: (row) => ({ kind: 'text', value: row.reason }),
  },
  {
    of: 'author',
    title: (words) => words.exclusions.author,
    figure: (row) => ({ kind: 'text', value: row.author }),
  },
  {
    of: 'id',
    title: (words) => words.exclusions.id,
    figure: (row) => ({ kind: 'text', value: row.id }),
  },
];

/** An earlier month, and by how much the report's is better. */
export type ComparedMonth = ReportedMonth & {
  readonly sliChange: number | null;
  readonly remainingRatioChange: number | null;
};

export function compared({
  previousMonths,
  sli,
  budget,
}: Pick<SloReport, 'previousMonths' | 'sli' | 'budget'>): readonly ComparedMonth[] {
  return previousMonths.map((month) => ({
    ...month,
    sliChange: difference(month.sli, sli),
    remainingRatioChange: difference(
      month.remainingRatio,
      sli === null ? null : budget.remainingRatio,
    ),
  }));
}

/** The months before. */
export const PREVIOUS_MONTH_COLUMNS: Columns<ComparedMonth> = [
  {
    of: 'month',
    title: (words) => words.previousMonths.month,
    figure: (row) => ({ kind: 'month', value: row.month }),
  },
  {
    of: 'sli',
    title: (words) => words.previousMonths.sli,
    figure: (row) => ({ kind: 'sli', value: row.sli }),
  },
  {
    of: '',
    title: (words) => words.previousMonths.sliChange,
    figure: (row) => ({ kind: 'change', value: row.sliChange }),
  },
  {
    of: 'remainingRatio',
    title: (words) => words.previousMonths.remainingRatio,
    figure: (row) => ({ kind: 'remaining', value: row.remainingRatio }),
  },
  {
    of: '',
    title: (words) => words.previousMonths.remainingRatioChange,
    figure: (row) => ({ kind: 'change', value: row.remainingRatioChange }),
  },
];

function minutesBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 60_000;
}

function difference(then: number | null, now: number | null): number | null {
  return then === null || now === null ? null : now - then;
}
