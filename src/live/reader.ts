import { Readable } from 'node:stream';
import { frame } from './frame';

/** What waits for a reader who is slow; what comes beyond it is left out. */
export const MOST_WAITING_BYTES = 512 * 1024;
/** After so many heartbeats without a byte taken of what waits the reader is given up. */
const MOST_BEATS_BEHIND = 4;

/**
 * One open stream. Nothing waits without bound: a reader who does not keep up misses events, and is
 * told so once there is room again.
 */
export class Reader extends Readable {
  private behind = false;
  private ended = false;
  private toldBytes = 0;
  private takenBytes = 0;
  private beatsBehind = 0;

  constructor(private readonly mostWaitingBytes = MOST_WAITING_BYTES) {
    super();
  }

  /** Frames are shared by all readers, and never copied. */
  tell(text: Buffer): void {
    if (this.behind || this.ended || this.destroyed) return;
    if (this.readableLength > this.mostWaitingBytes) this.behind = true;
    else this.give(text);
  }

  beat(text: Buffer): void {
    const taken = this.toldBytes - this.readableLength;
    const stuck = this.readableLength > 0 && taken === this.takenBytes;
    this.beatsBehind = stuck ? this.beatsBehind + 1 : 0;
    this.takenBytes = taken;
    if (this.beatsBehind >= MOST_BEATS_BEHIND) this.destroy();
    else this.tell(text);
  }

  end(): void {
    if (this.ended || this.destroyed) return;
    this.ended = true;
    this.push(null);
  }

  /** Called when there is room. */
  override _read(): void {
    if (!this.behind || this.ended) return;
    this.behind = false;
    this.give(frame('reload', { reason: 'slow' }));
  }

  private give(text: Buffer): void {
    this.toldBytes += text.length;
    this.push(text);
  }
}
