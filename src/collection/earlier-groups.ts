import { Logger } from '@nestjs/common';
import { sloId } from '../domain/slo';
import type { Ledger } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { type CounterSource, groupKey } from './counter-reader';
import { groupsWithin, MOST_GROUPS, TooManyGroups } from './groups';
import { SourceFailure } from './series-source';
import { scaleOf } from './sli-reader';
import { floorTo, GRID_SECONDS } from '../ledger/grid';
import type { Unit } from './unit';

/**
 * Groups that had ended before the SLO's window began have no stream yet: where older history is
 * wanted they get one, or their events would be missing from the sum of all groups.
 */
export class EarlierGroups {
  private readonly logger = new Logger('backfill');
  /** Units and how far back they were looked through; a restart looks once more. */
  private readonly lookedAt = new Map<string, number>();

  constructor(private readonly ledger: Ledger) {}

  /**
   * @param target epoch seconds, back to which history is wanted
   * @returns whether all of them have streams now; until then, older history is not to be read
   */
  async begin(
    at: CounterSource,
    unit: Unit,
    streams: readonly Stream[],
    target: number,
    now: number,
  ): Promise<boolean> {
    const { slo } = unit;
    const looked = this.lookedAt.get(unit.key);
    if (slo.groupBy.length === 0 || (looked !== undefined && looked <= target)) return true;
    try {
      const known = new Set(streams.map(({ group }) => groupKey(slo.groupBy, group ?? {})));
      const found = await groupsWithin(at, slo, target, now);
      const fresh = [...found].filter(([key]) => !known.has(key)).map(([, group]) => group);
      const room = Math.max(0, MOST_GROUPS - streams.length);
      if (fresh.length > room) {
        const { message } = new TooManyGroups(slo, streams.length + fresh.length);
        this.logger.warn(`history of ${sloId(slo)}: ${message}`);
      }
      if (fresh.length > 0) {
        const scale = streams[0]?.scale ?? (await scaleOf(at, slo, now));
        const newest = streams.map((stream) => stream.newest.at);
        const startsAt = floorTo(newest.length === 0 ? now : Math.min(...newest), GRID_SECONDS);
        const { service, name } = slo;
        await this.ledger.open(
          fresh
            .slice(0, room)
            .map((group) => ({ service, name, group, revision: unit.revision, scale, startsAt })),
        );
      }
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error;
      this.logger.warn(`earlier groups of ${sloId(slo)} are not known: ${error.message}`);
      return false;
    }
    this.lookedAt.set(unit.key, target);
    return true;
  }
}
