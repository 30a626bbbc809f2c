import { Logger } from '@nestjs/common';
import { sloId } from '../domain/slo';
import type { Lease, Ledger, Prepend } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { nextPiece } from './backfill-plan';
import { readPiece } from './backfill-reader';
import type { Collector } from './collector';
import { RememberingSource } from './remembering-source';
import { type SeriesSource, SourceFailure } from './series-source';
import type { Steps } from './steps';
import { historyStart, type Unit } from './unit';

/** One piece of one unit's history that is still to be read. */
interface Piece {
  readonly unit: Unit;
  readonly lease: Lease;
  readonly streams: readonly Stream[];
  readonly steps: Steps;
  readonly target: number;
}

interface PieceRead {
  readonly prepends: readonly Prepend[];
  /** Whether the piece should be tried again, smaller. */
  readonly again: boolean;
}

const NOTHING_READ: PieceRead = { prepends: [], again: false };

export interface BackfillProgress {
  /** Seconds of history read, summed over the units. */
  readonly done: number;
  readonly total: number;
}

/**
 * Reads the history of new streams, newest first and one piece at a time, so that the source is
 * never busy with it and every SLO has its burn rates before any has its whole budget.
 */
export class Backfiller {
  private readonly logger = new Logger('backfill');
  private readonly mostDays = new Map<string, number>();
  private readonly stuck = new Set<string>();
  private busy = false;
  progress: BackfillProgress = { done: 0, total: 0 };

  constructor(
    private readonly collector: Collector,
    private readonly source: SeriesSource,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Reads the newest missing piece of every unit that lacks one.
   *
   * @param stopped asked between pieces
   * @returns whether anything was read, so that there may be more
   */
  async round(now: number, stopped: () => boolean): Promise<boolean> {
    const pieces = await this.pieces(now);
    if (pieces.length === 0) {
      if (this.busy) this.logger.log('history is read as far as it is wanted');
      this.busy = false;
      return false;
    }
    this.busy = true;
    const remembering = new RememberingSource(this.source);
    let more = false;
    let read: readonly Prepend[] = [];
    // The database writes one piece while the source is read for the next.
    for (const piece of [...pieces, null]) {
      const [written, next] = await Promise.all([
        this.ledger.prepend(read),
        piece === null || stopped() ? NOTHING_READ : this.read(remembering, piece),
      ]);
      more ||= written.size > 0 || next.again;
      read = next.prepends;
    }
    const { done, total } = this.progress;
    this.logger.log(`history is ${Math.floor((100 * done) / total)} % read`);
    return more;
  }

  /** Tries again what failed for good, since a definition or the source may have changed. */
  forgetFailures(): void {
    this.stuck.clear();
  }

  private async pieces(now: number): Promise<readonly Piece[]> {
    const held = this.collector.heldUnits();
    const streams = await this.collector.streamsOf(held.map(([unit]) => unit));
    let [done, total] = [0, 0];
    const pieces = held.flatMap(([unit, lease]): readonly Piece[] => {
      const own = streams.get(unit.key) ?? [];
      const target = historyStart(unit.slo, now);
      const before = Math.max(...own.map(({ backfilledTo }) => backfilledTo), -Infinity);
      const start = Math.max(...own.map(({ oldest }) => oldest.at), now);
      const wanted = start - target;
      total += wanted;
      if (own.length === 0) return [];
      done += Math.min(wanted, start - before);
      const steps = nextPiece(before, target, now, this.mostDays.get(unit.key));
      const behind = own.filter(({ backfilledTo }) => backfilledTo === before);
      if (steps === null || this.stuck.has(unit.key)) return [];
      return [{ unit, lease, streams: behind, steps, target }];
    });
    this.progress = { done, total };
    return pieces.sort((a, b) => b.steps.to - a.steps.to);
  }

  private async read(source: SeriesSource, piece: Piece): Promise<PieceRead> {
    const { unit, streams, lease, steps, target } = piece;
    try {
      const at = this.collector.sourceFor(unit.slo.datasource, source);
      const prepends = await readPiece(at, unit, streams, lease, steps, target);
      return { prepends, again: false };
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error;
      if (error.kind === 'too_much') {
        const days = Math.floor((steps.to - steps.from) / 86_400 / 2);
        this.mostDays.set(unit.key, Math.max(1, days));
        if (days >= 1) return { ...NOTHING_READ, again: true };
      }
      if (error.kind !== 'unavailable') this.stuck.add(unit.key);
      this.logger.warn(`history of ${sloId(unit.slo)} is not read: ${error.message}`);
      return NOTHING_READ;
    }
  }
}
