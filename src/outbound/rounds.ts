export interface RoundSettings {
  /** Between two rounds when nothing wakes them, in real seconds. */
  readonly everySeconds: number;
  /** Between two rounds, however often they failed, in real seconds. */
  readonly longestPauseSeconds: number;
}

/** A round that failed. */
export interface FailedRound {
  /** How long it asks to be left alone; 0 where it does not. */
  readonly pauseSeconds: number;
}

const FIRST_PAUSE_SECONDS = 1;

/** Does something again and again: when woken, every so often, and after a failure with growing pauses. */
export class Rounds {
  private running: Promise<void> | null = null;
  private stopped = false;
  /** How often they were woken. */
  private wakes = 0;
  private wakeUp: (() => void) | null = null;
  private failures = 0;

  /** @param round what is done; it never throws */
  constructor(
    private readonly round: () => Promise<FailedRound | null>,
    private readonly settings: RoundSettings,
  ) {}

  get stopping(): boolean {
    return this.stopped;
  }

  /** There may be something to do. They pause all the same while they fail. */
  wake(): void {
    this.wakes += 1;
    if (this.failures === 0) this.wakeUp?.();
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      const wakes = this.wakes;
      const failed = await this.round();
      this.failures = failed === null ? 0 : this.failures + 1;
      if (failed !== null) await this.sleep(this.pauseSeconds(failed));
      else if (this.wakes === wakes) await this.sleep(this.settings.everySeconds);
    }
  }

  /** Full jitter: those that fell over together do not come back together. */
  private pauseSeconds({ pauseSeconds }: FailedRound): number {
    const power = Math.min(this.failures - 1, 20);
    const grown = FIRST_PAUSE_SECONDS * 2 ** power * (0.5 + Math.random() / 2);
    return Math.min(this.settings.longestPauseSeconds, Math.max(pauseSeconds, grown));
  }

  private sleep(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.stopped) {
        resolve();
        return;
      }
      const timer = setTimeout(() => this.wakeUp?.(), seconds * 1000);
      this.wakeUp = () => {
        this.wakeUp = null;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
