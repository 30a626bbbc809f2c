import { Logger } from '@nestjs/common';
import pLimit from 'p-limit';
import { sloId } from '../domain/slo';
import { type Append, type Ledger, LedgerUnavailable } from '../ledger/ledger';
import type { StreamBeginning } from '../ledger/stream';
import type { CollectionLog } from './collection-log';
import type { CounterSource } from './counter-reader';
import { beginningsOf, type Due, type LiveSteps, readDue } from './live-collector';
import type { HeldUnit } from './ordinary-round';
import type { SeriesSource } from './series-source';
import type { Unit } from './unit';

/** Units read at once; their questions of the same moment are joined, and the source takes turns. */
const UNITS_AT_ONCE = 64;
/** A tick waits this long for its slowest unit; whoever takes longer is written when it is read. */
const PATIENCE_MS = 10_000;

type Write = (appends: readonly Append[]) => Promise<boolean>;

/** Reads units one by one with the counting expression. One broken SLO is told of; the others go on. */
export class CarefulRound {
  private readonly logger = new Logger('collection');
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly ledger: Ledger,
    private readonly sourceFor: (datasource: string, source: SeriesSource) => CounterSource,
    private readonly log: CollectionLog,
  ) {}

  isUnderWay({ key }: Unit): boolean {
    return this.underWay.has(key);
  }

  /** @returns whether anything was under way */
  async finished(): Promise<boolean> {
    const waitedFor = [...this.underWay.values()];
    await Promise.all(waitedFor);
    return waitedFor.length > 0;
  }

  async read(
    source: SeriesSource,
    held: readonly HeldUnit[],
    due: Due,
    write: Write,
  ): Promise<{ readonly unfinished: boolean }> {
    const fresh = held.filter(({ streams }) => streams.length === 0);
    const { begun, failed } = await this.open(source, fresh, due);
    const batch = new Batch();
    const limit = pLimit(UNITS_AT_ONCE);
    const tasks = held
      .filter(({ unit }) => !begun.has(unit) && !failed.has(unit))
      .map((each) => {
        const task = limit(() => this.readUnit(source, each, due)).then(async (steps) => {
          if (batch.isClosed) await this.writeLate(each, steps, write);
          else batch.take(steps);
        });
        return this.follow(each.unit, task);
      });
    await inTime(Promise.all(tasks));
    const moved = await write(batch.close());
    return { unfinished: begun.size > 0 || (moved && batch.unfinished) };
  }

  /** Begins the streams of new units, all in one statement. */
  private async open(
    source: SeriesSource,
    fresh: readonly HeldUnit[],
    due: Due,
  ): Promise<{ readonly begun: ReadonlySet<Unit>; readonly failed: ReadonlySet<Unit> }> {
    const limit = pLimit(UNITS_AT_ONCE);
    const [begun, failed] = [new Set<Unit>(), new Set<Unit>()];
    const beginnings: StreamBeginning[] = [];
    await Promise.all(
      fresh.map(({ unit }) =>
        limit(async () => {
          try {
            const own = await beginningsOf(this.at(source, unit), unit, due);
            beginnings.push(...own);
            if (own.length > 0) begun.add(unit);
          } catch (error) {
            failed.add(unit);
            this.tell(unit, error);
          }
        }),
      ),
    );
    if (beginnings.length > 0) await this.ledger.open(beginnings);
    return { begun, failed };
  }

  private async readUnit(
    source: SeriesSource,
    { unit, streams, lease }: HeldUnit,
    due: Due,
  ): Promise<LiveSteps | null> {
    try {
      const steps = await readDue(this.at(source, unit), this.ledger, unit, streams, lease, due);
      if (steps.complaint !== null) this.tell(unit, steps.complaint);
      else this.log.succeeded(sloId(unit.slo));
      return steps;
    } catch (error) {
      this.tell(unit, error);
      return null;
    }
  }

  private async writeLate(
    { unit }: HeldUnit,
    steps: LiveSteps | null,
    write: Write,
  ): Promise<void> {
    try {
      await write(steps?.appends ?? []);
    } catch (error) {
      // Nothing was half written, and the next tick reads the same steps again.
      if (!(error instanceof LedgerUnavailable)) throw error;
      this.logger.warn(`${sloId(unit.slo)}: ${error.message}`);
    }
  }

  /** While it is under way, no further tick reads the unit. */
  private async follow(unit: Unit, task: Promise<void>): Promise<void> {
    const followed = task.finally(() => this.underWay.delete(unit.key));
    this.underWay.set(
      unit.key,
      followed.catch(() => undefined),
    );
    await followed;
  }

  private at(source: SeriesSource, { slo }: Unit): CounterSource {
    return this.sourceFor(slo.datasource, source);
  }

  private tell({ slo }: Unit, error: unknown): void {
    if (error instanceof LedgerUnavailable) throw error;
    this.log.failed(sloId(slo), error);
  }
}

/** What is written together at the end of a round. */
class Batch {
  private readonly appends: Append[] = [];
  isClosed = false;
  unfinished = false;

  take(steps: LiveSteps | null): void {
    this.appends.push(...(steps?.appends ?? []));
    this.unfinished ||= steps?.unfinished ?? false;
  }

  close(): readonly Append[] {
    this.isClosed = true;
    return this.appends;
  }
}

async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
