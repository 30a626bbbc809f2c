import type { CalendarMonth } from '../domain/calendar-month';
import { type Spent, spentIn } from '../domain/episode';
import type { Slo } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import type { Figurer } from '../evaluation/figurer';
import type { Period, PeriodFigurer, PeriodFigures } from '../evaluation/period-figures';
import { spentInBulk } from '../evaluation/spent-in-bulk';
import { spentSteps } from '../evaluation/spent-steps';
import { GRID_SECONDS } from '../ledger/grid';
import type { Ledger } from '../ledger/ledger';
import type { AlertsDuring } from './alerts-during';
import { reportedEpisodes } from './reported-episodes';
import type { Report, ReportedEpisode, ReportNote, SloReport } from './report';
import { AlertCounts } from './reported-alerts';
import { toMillisecond } from '../domain/instant';
import { sloReport } from './slo-report';
import { notesFor, serviceSummaries, summaryOf } from './summaries';

const PREVIOUS_MONTHS = 3;
/** Looked up together; each has some forty points, and nobody else is served while they are reckoned with. */
const SLOS_AT_ONCE = 125;

/** Asks the ledger for the report of a month. */
export class MonthlyReports {
  constructor(
    private readonly periods: PeriodFigurer,
    private readonly figurer: Figurer,
    private readonly ledger: Pick<Ledger, 'eachStep'>,
    private readonly alerts: AlertsDuring,
    private readonly notes: readonly ReportNote[] = [],
  ) {}

  /**
   * @param until the last instant that has been counted, epoch seconds
   * @returns null for a month that has not begun
   */
  async interim(slos: readonly Slo[], month: CalendarMonth, until: number): Promise<Report | null> {
    const { from, to } = month.span;
    const cutOff = Math.min(to, Math.floor(until / GRID_SECONDS) * GRID_SECONDS);
    if (cutOff <= from) return null;
    const rows: SloReport[] = [];
    for await (const row of this.rows(slos, month, cutOff)) rows.push(row);
    rows.sort(byName);
    const services = serviceSummaries(rows);
    return {
      month: month.name,
      timeZone: month.timeZone,
      from: toMillisecond(from),
      to: toMillisecond(to),
      state: 'interim',
      cutOff: toMillisecond(cutOff),
      revision: 0,
      hash: null,
      previousHash: null,
      notes: notesFor(this.notes, services),
      overall: summaryOf(rows),
      services,
      slos: rows,
    };
  }

  private async *rows(
    slos: readonly Slo[],
    month: CalendarMonth,
    cutOff: number,
  ): AsyncGenerator<SloReport> {
    const { from } = month.span;
    const [alerts, judgedSince] = await Promise.all([
      this.alerts.during({ from, to: cutOff }),
      this.alerts.judgedSince(),
    ]);
    const counts = new AlertCounts(alerts, judgedSince, { from, to: cutOff });
    const days = month.days().filter((day) => day.from < cutOff);
    const before = Array.from({ length: PREVIOUS_MONTHS }, (_, k) => month.plus(-1 - k));
    const asked: readonly Period[] = [
      whole({ from, to: cutOff }),
      ...days.map((day) => whole({ from: day.from, to: Math.min(day.to, cutOff) })),
      ...days.map((day) => whole({ from, to: Math.min(day.to, cutOff) })),
      ...before.map(({ span }) => whole(span)),
    ];
    const figuresFrom = (k: number) => {
      const figures = this.periods.of(slos.slice(k, k + SLOS_AT_ONCE), asked);
      // Told where it is awaited.
      figures.catch(() => undefined);
      return figures;
    };
    let coming = figuresFrom(0);
    for (let k = 0; k < slos.length; k += SLOS_AT_ONCE) {
      const figures = await coming;
      // The ledger looks up the next ones while these are reckoned with.
      if (k + SLOS_AT_ONCE < slos.length) coming = figuresFrom(k + SLOS_AT_ONCE);
      const plain = figures.flatMap((row) => (spentSome(row) ? (row.plain ?? []) : []));
      const bulk = await spentInBulk(this.ledger, plain, { from, to: cutOff });
      for (const row of figures) {
        const spent = await this.spent(row, bulk, { from, to: cutOff });
        yield sloReport(row, days, before, spent, counts.of(row.slo, row.group));
      }
    }
  }

  private async spent(
    row: PeriodFigures,
    bulk: ReadonlyMap<number, Spent>,
    span: Span,
  ): Promise<readonly ReportedEpisode[]> {
    const { slo, group, figures, scale, plain } = row;
    const [month] = figures;
    if (month === undefined || !spentSome(row)) return [];
    const known = plain === null ? undefined : bulk.get(plain.stream.id);
    if (known !== undefined) return reportedEpisodes(known, month, scale);
    const steps = await this.figurer.steps({ slo, group, ...span, stepSeconds: GRID_SECONDS });
    if (steps === null) return [];
    return reportedEpisodes(spentIn(spentSteps(slo, steps, span.from)), month, scale);
  }
}

/** Whether there was anything bad, though it may all be excluded. */
function spentSome({ figures: [month] }: PeriodFigures): boolean {
  return month !== undefined && (month.raw.sliRatio ?? 1) < 1;
}

function whole(span: Span): Period {
  return { ...span, wholeSeconds: span.to - span.from };
}

function byName(a: SloReport, b: SloReport): number {
  const [one, other] = [a, b].map(({ slo, group }) => [slo, JSON.stringify(group)].join(' '));
  return (one ?? '') < (other ?? '') ? -1 : 1;
}
