import { SingleBar } from 'cli-progress';

/** What takes less than this needs no bar. */
const SHOWN_AFTER_MS = 1_000;

const BAR_SIZE = 30;
/** Of what is told without an end. */
const COUNTS = new Intl.NumberFormat('en', { maximumFractionDigits: 0, useGrouping: false });

/** Where a bar is drawn: a terminal, never a file or a pipe. */
export type Screen = NodeJS.WritableStream & { readonly isTTY?: boolean };

/**
 * How far something is, as a bar on stderr: after a second, on a terminal. It has no colours, and
 * leaves nothing behind, so that what is printed afterwards reads as if it had not been there.
 */
export class Progress {
  private readonly bar: SingleBar;
  private readonly timer: NodeJS.Timeout | null;
  private done = 0;
  private total = 0;

  /** @param what is being done, in a word or two: `reading history` */
  constructor(
    private readonly what: string,
    screen: Screen = process.stderr,
    shownAfterMs: number = SHOWN_AFTER_MS,
  ) {
    this.bar = new SingleBar({
      format: (_, { value, total, progress }, { what }: { readonly what: string }) => {
        // Nobody said how much there is to come.
        if (total === 0) return `${what} ${value === 0 ? '…' : COUNTS.format(value)}`;
        const done = Math.round(progress * BAR_SIZE);
        const bar = '█'.repeat(done) + '░'.repeat(BAR_SIZE - done);
        return `${what} ${bar} ${Math.floor(progress * 100)} %  ${value} of ${total}`;
      },
      stream: screen,
      hideCursor: true,
      clearOnComplete: true,
      // The command itself answers to Ctrl-C.
      gracefulExit: false,
    });
    this.timer =
      screen.isTTY === true
        ? setTimeout(() => {
            this.bar.start(this.total, this.done, { what: this.what });
          }, shownAfterMs)
        : null;
    this.timer?.unref();
  }

  /** There is more to do than was known. */
  expect(more: number): void {
    this.total += more;
    if (this.bar.isActive) this.bar.setTotal(this.total);
  }

  advance(by = 1): void {
    this.done += by;
    if (this.bar.isActive) this.bar.update(this.done);
  }

  /** Takes the bar away; to be called whatever happened. */
  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    if (this.bar.isActive) this.bar.stop();
  }
}
