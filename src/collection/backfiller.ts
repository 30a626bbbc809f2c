import { Logger } from '@nestjs/common';
import { sloId } from '../domain/slo';
import { type Lease, type Ledger, LedgerUnavailable, type Prepend } from '../ledger/ledger';
import type { Stream } from '../ledger/stream';
import { nextPiece } from './backfill-plan';
import { prependsOf } from './backfill-reader';
import type { Collector } from './collector';
import type { CounterSource } from './counter-reader';
import { EarlierGroups } from './earlier-groups';
import { HistoryReader, mostStreams } from './history-reader';
import { JoiningSource } from './joining-source';
import { RememberingSource } from './remembering-source';
import { type SeriesSource, SourceFailure } from './series-source';
import type { Steps } from './steps';
import { historyStart, historyTarget, type Unit, unitKey } from './unit';
import type { WantedHistory } from './wanted-history';

/** One piece of one unit's history that is still to be read. */
interface Piece {
  readonly unit: Unit;
  readonly lease: Lease;
  readonly streams: readonly Stream[];
  readonly steps: Steps;
  readonly target: number;
}

interface Read {
  readonly prepends: readonly Prepend[];
  /** Whether a piece should be tried again, smaller. */
  readonly again: boolean;
}

const NOTHING_READ: Read = { prepends: [], again: false };

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
  private readonly earlierGroups: EarlierGroups;
  private busy = false;
  progress: BackfillProgress = { done: 0, total: 0 };

  constructor(
    private readonly collector: Collector,
    private readonly source: SeriesSource,
    private readonly ledger: Ledger,
    private readonly wanted: WantedHistory,
    private readonly retentionSeconds: number,
  ) {
    this.earlierGroups = new EarlierGroups(ledger);
  }

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
    const remembering = new RememberingSource(new JoiningSource(this.source));
    let more = false;
    let read: readonly Prepend[] = [];
    // The database writes one piece while the source is read for the next.
    for (const batch of [...batchesOf(pieces), null]) {
      const [written, next] = await Promise.all([
        this.ledger.prepend(read),
        batch === null || stopped() ? NOTHING_READ : this.read(remembering, batch, now),
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
    const asked = await this.asked();
    const notReady = await this.beginEarlierGroups(asked, now);
    const streams = await this.collector.streamsOf(held.map(([unit]) => unit));
    let [done, total] = [0, 0];
    const pieces = held.flatMap(([unit, lease]): readonly Piece[] => {
      const own = streams.get(unit.key) ?? [];
      const target = historyTarget(unit.slo, now, asked.get(unit.key), this.retentionSeconds);
      const before = Math.max(...own.map(({ backfilledTo }) => backfilledTo), -Infinity);
      const start = Math.max(...own.map(({ oldest }) => oldest.at), now);
      const wanted = start - target;
      total += wanted;
      if (own.length === 0) return [];
      done += Math.min(wanted, start - before);
      const steps = nextPiece(before, target, now, this.mostDays.get(unit.key));
      const behind = own.filter(({ backfilledTo }) => backfilledTo === before);
      if (steps === null || this.stuck.has(unit.key) || notReady.has(unit.key)) return [];
      return [{ unit, lease, streams: behind, steps, target }];
    });
    this.progress = { done, total };
    return pieces.sort((a, b) => b.steps.to - a.steps.to);
  }

  /** Back to where more than their window is wanted, by unit key. */
  private async asked(): Promise<ReadonlyMap<string, number>> {
    return new Map((await this.wanted.all()).map((asked) => [unitKey(asked), asked.from]));
  }

  /** @returns keys of the units of which that failed */
  private async beginEarlierGroups(
    asked: ReadonlyMap<string, number>,
    now: number,
  ): Promise<ReadonlySet<string>> {
    const units = this.collector
      .heldUnits()
      .map(([unit]) => unit)
      .filter(({ key, slo }) => slo.groupBy.length > 0 && asked.has(key));
    if (units.length === 0) return new Set();
    const streams = await this.collector.streamsOf(units);
    const failed = new Set<string>();
    for (const unit of units) {
      const { slo, key } = unit;
      const own = streams.get(key) ?? [];
      const target = historyTarget(slo, now, asked.get(key), this.retentionSeconds);
      const isRead = own.length > 0 && own.every(({ backfilledTo }) => backfilledTo <= target);
      if (isRead || target >= historyStart(slo, now)) continue;
      const at = this.collector.sourceFor(slo.datasource, this.source);
      if (!(await this.earlierGroups.begin(at, unit, own, target, now))) failed.add(key);
    }
    return failed;
  }

  private async read(source: SeriesSource, batch: readonly Piece[], now: number): Promise<Read> {
    const [first] = batch;
    if (first === undefined) return NOTHING_READ;
    const at = this.collector.sourceFor(first.unit.slo.datasource, source);
    const slos = batch.map(({ unit }) => unit.slo);
    try {
      const history = await HistoryReader.ask(at, slos, first.steps, now);
      const read: Read[] = [];
      for (const piece of batch) read.push(await this.readPiece(at, history, piece));
      return {
        prepends: read.flatMap(({ prepends }) => prepends),
        again: read.some(({ again }) => again),
      };
    } catch (error) {
      if (!(error instanceof SourceFailure)) throw error;
      this.collector.log.historyFailed(slos.map(sloId), error.message);
      return NOTHING_READ;
    }
  }

  private async readPiece(at: CounterSource, history: HistoryReader, piece: Piece): Promise<Read> {
    const { unit, streams, lease, steps, target } = piece;
    const scale = streams[0]?.scale ?? 1n;
    try {
      const reading = await history.read({ slo: unit.slo, scale });
      const prepends = await prependsOf(at, unit, streams, lease, reading, target);
      this.collector.log.historySucceeded(sloId(unit.slo));
      return { prepends, again: false };
    } catch (error) {
      if (error instanceof LedgerUnavailable) throw error;
      const kind = error instanceof SourceFailure ? error.kind : null;
      if (kind === 'unavailable') throw error;
      if (kind === 'too_much') {
        const days = Math.floor((steps.to - steps.from) / 86_400 / 2);
        this.mostDays.set(unit.key, Math.max(1, days));
        if (days >= 1) return { prepends: [], again: true };
      }
      this.stuck.add(unit.key);
      const message = error instanceof Error ? error.message : String(error);
      this.collector.log.historyFailed([sloId(unit.slo)], message);
      return NOTHING_READ;
    }
  }
}

/** Pieces of the same span and source are asked for together, in the order of their spans. */
function batchesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const bySpan = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const { from, to, stepSeconds } = piece.steps;
    const key = JSON.stringify([piece.unit.slo.datasource, from, to, stepSeconds]);
    const own = bySpan.get(key);
    if (own === undefined) bySpan.set(key, [piece]);
    else own.push(piece);
  }
  return [...bySpan.values()].flatMap(batchesOfSpan);
}

/** However many groups its SLOs have, a batch is no more than memory is meant to hold at once. */
function batchesOfSpan(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const batches: Piece[][] = [];
  let room = 0;
  for (const piece of pieces) {
    const batch = batches.at(-1);
    room -= piece.streams.length;
    if (batch !== undefined && room >= 0) batch.push(piece);
    else {
      batches.push([piece]);
      room = mostStreams(piece.steps) - piece.streams.length;
    }
  }
  return batches;
}
