import { sameList } from '../domain/same-list';
import { type Slo, sloId } from '../domain/slo';
import type { Append, Lease } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { type LivePlan, planLive } from '../promql/live-plan';
import type { CollectionLog } from './collection-log';
import { type CounterSource, groupKey } from './counter-reader';
import { REREAD_HORIZON_SECONDS } from './finality';
import { appendsOf, type Due } from './live-collector';
import { OrdinaryReader, type OrdinaryUnit, type OrdinaryVerdict } from './ordinary-reader';
import type { SeriesSource } from './series-source';
import { floorTo } from '../ledger/grid';
import { LIVE_STEP_SECONDS } from './steps';
import type { Unit } from './unit';

/** A unit with the lease it is written under and the streams it has. */
export interface HeldUnit {
  readonly unit: Unit;
  readonly lease: Lease;
  readonly streams: readonly Stream[];
}

export interface OrdinaryResult {
  readonly appends: readonly Append[];
  /** Units that something is due for and that need a closer look. */
  readonly rest: readonly HeldUnit[];
  readonly unfinished: boolean;
}

/** Raw samples of longer spans are too many; a longer stop is caught up in several rounds. */
const MOST_STEPS = 15;
/** Units that are so few steps apart are asked for together; a scrape may just not have come yet. */
const TOGETHER_STEPS = 3;

/** Reads the due steps of all units whose minute was ordinary, with as few questions as can be. */
export class OrdinaryRound {
  private readonly plans = new Map<string, Planned>();
  /** What the next round will ask if everything goes on as it did. */
  private expected: readonly Question[] = [];
  private begun: readonly Begun[] = [];

  constructor(
    private readonly sourceFor: (datasource: string, source: SeriesSource) => CounterSource,
    private readonly log: CollectionLog,
  ) {}

  /**
   * Asks what is expected to be due, while the ledger is asked what is. What was asked in vain is forgotten:
   * only the source was troubled.
   */
  begin(source: SeriesSource, due: Due): void {
    this.begun = this.expected
      .filter(({ to }) => to === due.end)
      .map((question) => {
        const reader = this.readerFor(question, source);
        const answered = reader.ask(question.from, question.to, due.now);
        // Told where it is awaited.
        answered.catch(() => undefined);
        return { ...question, reader, answered };
      });
  }

  /** @param silent ids of streams with a target that may be silent and not be among the samples */
  async read(
    source: SeriesSource,
    held: readonly HeldUnit[],
    silent: ReadonlySet<number>,
    due: Due,
  ): Promise<OrdinaryResult> {
    const appends: Append[] = [];
    const rest: HeldUnit[] = [];
    let unfinished = false;
    const batches = batchesOf(held, silent, due, rest);
    const expected: Question[] = [];
    const asked = await Promise.all(
      batches.map(async (batch) => {
        const { datasource, from, to } = batch;
        const question = { datasource, plan: this.planOf(batch), from, to };
        const reader = await this.answered(question, source, due);
        let goesOnFrom = to;
        for (const each of batch.units) {
          const wanted = wantedOf(each, due);
          const verdict = reader.verdict(wanted);
          // A step that is not final yet will not be so before the next tick.
          unfinished ||= verdict.kind === 'read' && wanted.to < due.end;
          goesOnFrom = Math.min(goesOnFrom, endOfRead(verdict, wanted));
          this.judge(each, verdict, due, appends, rest);
        }
        const next = { ...question, from: goesOnFrom, to: due.end + LIVE_STEP_SECONDS };
        if (isNear(next)) expected.push(next);
        return reader.asked;
      }),
    );
    this.expected = expected;
    this.begun = [];
    if (asked.length > 0) this.log.asked = asked.flat();
    return { appends, rest, unfinished };
  }

  private async answered(
    question: Question,
    source: SeriesSource,
    due: Due,
  ): Promise<OrdinaryReader> {
    const { plan, from, to } = question;
    const begun = this.begun.find(
      (each) => each.plan === plan && each.from === from && each.to === to,
    );
    const reader = begun?.reader ?? this.readerFor(question, source);
    await (begun?.answered ?? reader.ask(from, to, due.now));
    return reader;
  }

  private readerFor({ datasource, plan }: Question, source: SeriesSource): OrdinaryReader {
    return new OrdinaryReader(this.sourceFor(datasource, source), plan);
  }

  private judge(
    held: HeldUnit,
    verdict: OrdinaryVerdict,
    due: Due,
    appends: Append[],
    rest: HeldUnit[],
  ): void {
    const id = sloId(held.unit.slo);
    const givenUp = floorTo(due.now - REREAD_HORIZON_SECONDS, LIVE_STEP_SECONDS);
    if (verdict.kind === 'failed') this.log.failed(id, verdict.failure);
    else if (verdict.kind === 'careful') rest.push(held);
    else if (verdict.kind === 'waiting') {
      if (beginning(held) < givenUp) rest.push(held);
    } else {
      this.log.succeeded(id);
      if (verdict.partSeen) this.log.undoubted(id, due.end);
      appends.push(...appendsOf(held.unit, held.streams, verdict.reading, held.lease));
    }
  }

  /** The same plan for as long as the SLOs are the same. */
  private planOf({ name, units }: Batch): LivePlan {
    const slos = units.map(({ unit }) => unit.slo);
    const known = this.plans.get(name);
    if (known !== undefined && sameList(known.slos, slos)) return known.plan;
    const plan = planLive(slos);
    this.plans.set(name, { slos, plan });
    return plan;
  }
}

/** What is asked about the steps of (from, to]. */
interface Question {
  readonly datasource: string;
  readonly plan: LivePlan;
  readonly from: number;
  readonly to: number;
}

/** Asked before the ledger had said that it is due. */
interface Begun extends Question {
  readonly reader: OrdinaryReader;
  readonly answered: Promise<void>;
}

interface Planned {
  readonly slos: readonly Slo[];
  readonly plan: LivePlan;
}

interface Batch {
  readonly name: string;
  readonly datasource: string;
  readonly from: number;
  readonly to: number;
  readonly units: readonly HeldUnit[];
}

/**
 * Units that are asked for together: those of one data source that are only a few steps behind, and
 * apart from them any that stopped at the same instant longer ago.
 */
function batchesOf(
  held: readonly HeldUnit[],
  silent: ReadonlySet<number>,
  due: Due,
  rest: HeldUnit[],
): readonly Batch[] {
  const batches = new Map<string, HeldUnit[]>();
  for (const each of held) {
    const from = beginning(each);
    if (from >= due.end) continue;
    if (!hasOrdinaryStart(each, from) || each.streams.some(({ id }) => silent.has(id))) {
      rest.push(each);
      continue;
    }
    const near = isNear({ from, to: due.end });
    const name = JSON.stringify([each.unit.slo.datasource, near ? 'near' : from]);
    const batch = batches.get(name);
    if (batch === undefined) batches.set(name, [each]);
    else batch.push(each);
  }
  return [...batches].map(([name, units]) => ({
    name: name.endsWith('"near"]') ? name : 'behind',
    datasource: units[0]?.unit.slo.datasource ?? '',
    from: Math.min(...units.map(beginning)),
    to: Math.max(...units.map((each) => endOf(beginning(each), due))),
    units,
  }));
}

function isNear({ from, to }: Pick<Question, 'from' | 'to'>): boolean {
  return to - from <= TOGETHER_STEPS * LIVE_STEP_SECONDS;
}

/** The unit's watermark; minus infinity before it has a stream. */
function beginning({ streams }: HeldUnit): number {
  let oldest = Infinity;
  for (const { newest } of streams) oldest = Math.min(oldest, newest.at);
  return oldest === Infinity ? -Infinity : oldest;
}

/** All streams stand at the same instant, and no gap before it is still to be bridged. */
function hasOrdinaryStart({ unit, streams }: HeldUnit, from: number): boolean {
  if (from === -Infinity) return false;
  let covered: number | null = null;
  for (const { newest, lastCoveredAt } of streams) {
    if (newest.at !== from) return false;
    if (lastCoveredAt !== null) covered = Math.max(covered ?? lastCoveredAt, lastCoveredAt);
  }
  return unit.slo.sli.kind === 'availability' || covered === null || covered >= from;
}

function wantedOf({ unit, streams }: HeldUnit, due: Due): OrdinaryUnit {
  const { slo } = unit;
  const from = streams[0]?.newest.at ?? due.end;
  const grouped = slo.groupBy.length === 0 ? [] : streams;
  const groups = new Set(grouped.map(({ group }) => groupKey(slo.groupBy, group ?? {})));
  return {
    slo,
    scale: streams[0]?.scale ?? 1n,
    from,
    to: endOf(from, due),
    isNew: streams.every(({ lastCoveredAt }) => lastCoveredAt === null),
    hasGroup: (key) => groups.has(key),
  };
}

/** Where the unit's next steps begin; a closer look reads all that is due. */
function endOfRead(verdict: OrdinaryVerdict, { from, to }: OrdinaryUnit): number {
  if (verdict.kind === 'read') return verdict.reading.steps.to;
  return verdict.kind === 'careful' ? to : from;
}

function endOf(from: number, due: Due): number {
  return Math.min(due.end, from + MOST_STEPS * LIVE_STEP_SECONDS);
}
