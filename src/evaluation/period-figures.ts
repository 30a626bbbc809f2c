import { type Group, type Slo, sloId } from '../domain/slo';
import type { Span } from '../domain/slo-window';
import type { DefinitionHistory } from '../ledger/definition-history';
import type { ExclusionsInForce } from '../ledger/exclusions';
import { GRID_SECONDS } from '../ledger/grid';
import type { LedgerReader } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import { budgetOver } from './compute';
import { ExcludedTime } from './excluded-time';
import type { BudgetFigure } from './figures';
import { grouped } from './grouped';
import { type ObjectiveChanges, objectivePieces, type Piece } from './objective-pieces';
import { readCutsWithin } from './read-cuts';
import { type Exclusions, Reading } from './reading';
import type { PlainStream } from './spent-in-bulk';
import { stepSecondsOf } from './spent-steps';
import { SucceedingLedger } from './succeeding-ledger';

/** A span, and the seconds that its budget is for: more than the span while the period runs. */
export interface Period extends Span {
  readonly wholeSeconds: number;
}

/** What an SLO, or one of its groups, did in some periods. */
export interface PeriodFigures {
  readonly slo: Slo;
  readonly group: Group;
  readonly scale: bigint;
  /** In the order asked. */
  readonly figures: readonly BudgetFigure[];
  /**
   * Its stream, where all that was counted counts, five minutes by five minutes and by one objective:
   * null where it takes a closer look.
   */
  readonly plain: PlainStream | null;
  /** The objectives that were in force in the first of the periods. */
  readonly objectives: readonly Piece[];
}

/** Asks the ledger what SLOs did in spans of the calendar. */
export class PeriodFigurer {
  constructor(
    private readonly ledger: LedgerReader,
    private readonly definitions: Pick<DefinitionHistory, 'objectives'>,
    private readonly exclusions: ExclusionsInForce,
  ) {}

  /**
   * Rows of several SLOs at once: their points are looked up together. A group is told where it had an
   * event in the first period; an SLO without groups always.
   *
   * @param periods the first of which holds or follows no other; edges on the five-minute grid
   */
  async of(slos: readonly Slo[], periods: readonly Period[]): Promise<readonly PeriodFigures[]> {
    const within = hull(periods);
    const [changes, inForce] = await Promise.all([
      this.definitions.objectives(),
      this.exclusions.inForce(),
    ]);
    const ledger = new SucceedingLedger(this.ledger);
    const { streams, present } = await this.streamsOf(ledger, slos, within.from);
    const changesOf = (slo: Slo): ObjectiveChanges => changes.get(sloId(slo)) ?? [];
    const instants = new Set(periods.flatMap(({ from, to }) => [from, to]));
    for (const slo of slos) {
      for (const period of periods) {
        for (const { from, to } of objectivePieces(slo.objective, changesOf(slo), period)) {
          instants.add(from).add(to);
        }
      }
    }
    const asked = [...instants].sort((a, b) => a - b);
    const told = slos.map((slo, k) => ({ slo, streams: streams[k] ?? [] }));
    const cuts = await readCutsWithin(ledger, told, () => within, new ExcludedTime(inForce));
    const points = await ledger.pointsAt(streams.flat(), asked);
    const reading = new Reading(asked, points, cuts);
    return told.flatMap(({ slo, streams: own }) =>
      (own.length === 0 ? [null] : own).flatMap((stream): readonly PeriodFigures[] => {
        const group = stream?.group ?? null;
        const of = stream === null ? [] : [stream];
        const figures = periods.map((period) =>
          budgetOver(slo, group, of, reading, period, period.wholeSeconds, changesOf(slo)),
        );
        const [first] = periods;
        const hadEvents =
          first !== undefined && reading.countedWhole(slo, of, first.from, first.to).raw.total > 0n;
        if (group !== null && !hadEvents) return [];
        const objectives =
          first === undefined ? [] : objectivePieces(slo.objective, changesOf(slo), first);
        const plain = plainStream(slo, stream, objectives, present, cuts);
        return [{ slo, group, scale: stream?.scale ?? 1n, figures, plain, objectives }];
      }),
    );
  }

  /** Continued backwards to an instant. */
  private async streamsOf(
    ledger: SucceedingLedger,
    slos: readonly Slo[],
    reach: number,
  ): Promise<{ streams: readonly (readonly Stream[])[]; present: ReadonlySet<Stream> }> {
    const revisions = slos.map(revisionOf);
    const [present, earlier] = await Promise.all([
      this.ledger.streams(revisions),
      this.ledger.earlierStreams?.(
        slos.map(({ service, name }, k) => ({ service, name, revision: revisions[k] ?? '' })),
      ) ?? [],
    ]);
    const now = grouped(present, (stream) => `${sloId(stream)}@${stream.revision}`);
    const before = grouped(earlier, sloId);
    const continued = await ledger.continued(
      slos.map((slo, k) => ({
        present: now.get(`${sloId(slo)}@${revisions[k] ?? ''}`) ?? [],
        earlier: before.get(sloId(slo)) ?? [],
        reach,
      })),
    );
    return { streams: continued, present: new Set(present) };
  }
}

/** @param present streams of the ledger itself: one that continues another is none of them */
function plainStream(
  slo: Slo,
  stream: Stream | null,
  objectives: readonly Piece[],
  present: ReadonlySet<Stream>,
  { cuts }: Exclusions,
): PlainStream | null {
  const [only] = objectives;
  if (stream === null || only === undefined || objectives.length > 1) return null;
  const counts = slo.noData === 'ignore' && slo.sli.kind !== 'composite';
  const whole = present.has(stream) && !cuts.has(stream.id);
  if (!counts || !whole || stepSecondsOf(slo) > GRID_SECONDS) return null;
  return { stream, objective: only.objective };
}

function hull(periods: readonly Span[]): Span {
  return {
    from: Math.min(...periods.map(({ from }) => from)),
    to: Math.max(...periods.map(({ to }) => to)),
  };
}
