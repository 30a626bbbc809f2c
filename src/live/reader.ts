import { Readable } from 'node:stream';
import { frame } from './frame';

/** What waits for a reader who is slow; what comes beyond it is left out. */
export const MOST_WAITING_BYTES = 512 * 1024;
/** After so many heartbeats without a byte taken the reader is given up. */
const MOST_BEATS_BEHIND = 4;

/**
 * One open stream. Nothing waits without bound: a reader who does not keep up misses events, and is
 * told so once there is room again.
 */
export class Reader extends Readable {
  private behind = false;
  private beatsBehind = 0;

  constructor(private readonly mostWaitingBytes = MOST_WAITING_BYTES) {
    super();
  }

  /** Frames are shared by all readers, and never copied. */
  tell(text: Buffer): void {
    if (this.behind || this.readableEnded || this.destroyed) return;
    if (this.readableLength > this.mostWaitingBytes) this.behind = true;
    else this.push(text);
  }

  beat(text: Buffer): void {
    if (!this.behind) {
      this.tell(text);
      return;
    }
    this.beatsBehind += 1;
    if (this.beatsBehind >= MOST_BEATS_BEHIND) this.destroy();
  }

  end(): void {
    if (!this.readableEnded && !this.destroyed) this.push(null);
  }

  /** Called when there is room. */
  override _read(): void {
    if (!this.behind) return;
    this.behind = false;
    this.beatsBehind = 0;
    this.push(frame('reload', { reason: 'slow' }));
  }
}
