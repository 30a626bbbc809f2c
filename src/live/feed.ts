import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { rfc3339 } from '../domain/instant';
import type { Standing } from '../auth/standing';
import type { Board } from '../evaluation/board';
import type { CollectionEvent, HelloEvent, LiveAlert, LiveRow } from './events.dto';
import { frame, HEARTBEAT, RETRY } from './frame';
import { rowKey } from '../domain/slo';
import { liveRow } from './live-row';
import { MOST_WAITING_BYTES, Reader } from './reader';
import { Told } from './told';

const HEARTBEAT_MS = 15_000;

/**
 * Tells whoever listens what the board of this replica says anew. Nothing is computed twice: a tick
 * is written once, however many read it.
 */
@Injectable()
export class Feed implements OnModuleDestroy {
  private readonly logger = new Logger('live');
  private readonly told = new Told(randomUUID().slice(0, 8));
  private readonly readers = new Map<Reader, Standing>();
  private readonly heart: NodeJS.Timeout;
  private rows: ReadonlyMap<string, LiveRow> = new Map();
  private at: number | null = null;
  private collecting: CollectionEvent | null = null;

  private readonly mostWaitingBytes: number;

  constructor(
    private readonly board: Board,
    {
      heartbeatMs = HEARTBEAT_MS,
      mostWaitingBytes = MOST_WAITING_BYTES,
    }: { readonly heartbeatMs?: number; readonly mostWaitingBytes?: number } = {},
  ) {
    this.mostWaitingBytes = mostWaitingBytes;
    this.heart = setInterval(() => void this.beat(), heartbeatMs);
    this.heart.unref();
  }

  /** @param lastId the id of the last event that a reader who comes back has seen */
  open(standing: Standing, lastId: string | undefined): Reader {
    const reader = new Reader(this.mostWaitingBytes);
    this.readers.set(reader, standing);
    reader.once('close', () => this.readers.delete(reader));
    reader.tell(RETRY);
    const missed = lastId === undefined ? [] : this.told.after(lastId);
    // More than may wait would be left out in the middle.
    if (missed !== null && sizeOf(missed) <= this.mostWaitingBytes) {
      for (const text of missed) reader.tell(text);
    } else reader.tell(frame('reload', { reason: 'unknown-id' }));
    reader.tell(frame('hello', this.hello(), this.told.id()));
    return reader;
  }

  /** After a tick: the rows that are other ones than before. */
  figures(): void {
    const { figures, evaluatedAt } = this.board.current();
    if (evaluatedAt === null) return;
    const rows = new Map(figures.map(liveRow).map((row) => [rowKey(row.slo, row.group), row]));
    const changed = [...rows].filter(([key, row]) => !isSame(row, this.rows.get(key)));
    const gone = [...this.rows].filter(([key]) => !rows.has(key));
    this.rows = rows;
    this.at = evaluatedAt;
    this.publish('figures', {
      at: rfc3339(evaluatedAt),
      rows: changed.map(([, row]) => row),
      gone: gone.map(([, { slo, group }]) => ({ slo, group })),
    });
  }

  alerts(items: readonly LiveAlert[]): void {
    if (items.length > 0) this.publish('alerts', { items });
  }

  collection(now: CollectionEvent): void {
    if (JSON.stringify(now) === JSON.stringify(this.collecting)) return;
    this.collecting = now;
    this.publish('collection', now);
  }

  /** How many listen. */
  listeners(): number {
    return this.readers.size;
  }

  onModuleDestroy(): void {
    clearInterval(this.heart);
    for (const reader of this.readers.keys()) reader.end();
  }

  private publish(event: string, data: object): void {
    const text = this.told.add(event, data);
    for (const reader of this.readers.keys()) reader.tell(text);
  }

  /** Keeps connections. Whoever may not read any more, since the token was revoked or is over, is shown out. */
  async beat(): Promise<void> {
    const asked = new Map<string, Promise<boolean>>();
    await Promise.all(
      [...this.readers].map(async ([reader, standing]) => {
        const answer = asked.get(standing.of) ?? this.holds(standing);
        asked.set(standing.of, answer);
        if (await answer) reader.beat(HEARTBEAT);
        else reader.end();
      }),
    );
  }

  /** Where that cannot be told, readers come back and are asked at the door. */
  private async holds(standing: Standing): Promise<boolean> {
    try {
      return await standing.holds();
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      this.logger.error(message, stack);
      return false;
    }
  }

  private hello(): HelloEvent {
    return { at: this.at === null ? null : rfc3339(this.at), collection: this.collecting };
  }
}

function sizeOf(texts: readonly Buffer[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function isSame(a: LiveRow, b: LiveRow | undefined): boolean {
  return (
    a.status === b?.status &&
    a.sli === b.sli &&
    a.remainingRatio === b.remainingRatio &&
    a.burnRate === b.burnRate &&
    a.firing === b.firing &&
    a.paging === b.paging
  );
}
