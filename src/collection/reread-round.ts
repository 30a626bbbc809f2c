import pLimit from 'p-limit';
import { sloId } from '../domain/slo';
import { type AwaitedStep, type Ledger, LedgerUnavailable } from '../ledger/ledger';
import type { CollectionLog } from './collection-log';
import type { CounterSource } from './counter-reader';
import type { HeldUnit } from './ordinary-round';
import { isCounted, readAgain } from './reread';
import { REREAD_EVERY_SECONDS } from './reread-runs';
import { ORDINARY_LATENESS, type SeriesSource } from './series-source';
import { floorTo } from '../ledger/grid';

/** Steps are known minute by minute for the days that live points are kept. */
const REREAD_FOR_SECONDS = ORDINARY_LATENESS.outOfOrderWindowSeconds;
const UNITS_AT_ONCE = 16;
/** When so many steps were read again in a tick, the units that are left wait for the next one. */
const MOST_STEPS_A_TICK = 1_500;

/** Lets every unit read its awaited steps again, every five minutes, a bounded number in each tick. */
export class RereadRound {
  /** Units that this round has read, and when it began. */
  private readonly finished = new Set<string>();
  private roundEnd: number | null = null;

  constructor(
    private readonly ledger: Ledger,
    private readonly sourceFor: (datasource: string, source: SeriesSource) => CounterSource,
    private readonly log: CollectionLog,
  ) {}

  /** @param dueEnd end of the tick's last step */
  async tick(source: SeriesSource, held: readonly HeldUnit[], dueEnd: number): Promise<void> {
    const starts = dueEnd % REREAD_EVERY_SECONDS === 0;
    if (!starts && this.roundEnd === null) return;
    // One that takes longer than five minutes is finished first, so that every unit has its turn.
    this.roundEnd ??= floorTo(dueEnd, REREAD_EVERY_SECONDS);
    const awaited = await this.ledger.awaitedSteps(dueEnd - REREAD_FOR_SECONDS);
    const waiting = awaited.length === 0 ? [] : this.waiting(held, awaited);
    const limit = pLimit(UNITS_AT_ONCE);
    let [read, left] = [0, 0];
    await Promise.all(
      waiting.map(([unit, steps]) =>
        limit(async () => {
          if (read >= MOST_STEPS_A_TICK) left += 1;
          else read += await this.read(source, unit, steps, this.roundEnd ?? dueEnd);
        }),
      ),
    );
    if (left > 0) return;
    this.roundEnd = null;
    this.finished.clear();
  }

  private waiting(
    held: readonly HeldUnit[],
    awaited: readonly AwaitedStep[],
  ): readonly (readonly [HeldUnit, readonly AwaitedStep[]])[] {
    const byStream = new Map<number, AwaitedStep[]>();
    for (const step of awaited) {
      const own = byStream.get(step.streamId);
      if (own === undefined) byStream.set(step.streamId, [step]);
      else own.push(step);
    }
    return held
      .filter(({ unit }) => !this.finished.has(unit.key))
      .map((each) => [each, each.streams.flatMap(({ id }) => byStream.get(id) ?? [])] as const)
      .filter(([, steps]) => steps.length > 0);
  }

  /** @returns how many steps were read */
  private async read(
    source: SeriesSource,
    held: HeldUnit,
    awaited: readonly AwaitedStep[],
    roundEnd: number,
  ): Promise<number> {
    const { slo, key } = held.unit;
    this.finished.add(key);
    try {
      const at = this.sourceFor(slo.datasource, source);
      const { amendments, steps } = await readAgain(at, this.ledger, held, awaited, roundEnd);
      const changed = await this.ledger.amend(amendments);
      if (changed.size > 0) this.log.amendedSteps += amendments.filter(isCounted).length;
      return steps;
    } catch (error) {
      if (error instanceof LedgerUnavailable) throw error;
      this.log.failed(sloId(slo), error);
      return 0;
    }
  }
}
