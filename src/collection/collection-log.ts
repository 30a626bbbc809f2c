import type { StepFlag } from '../ledger/step';
import type { Append } from '../ledger/ledger';

/** What happened since the process started, for the metrics page and `GET /collection`. */
export class CollectionLog {
  queriesPerTick = 0;
  lastTickAt: number | null = null;
  lastTickSeconds: number | null = null;
  missedSteps = 0;
  retriedSteps = 0;
  stepsWritten = 0;
  amendedSteps = 0;
  readonly flaggedSteps = new Map<StepFlag, number>();
  private readonly failures = new Map<string, string>();
  private readonly doubts = new Map<string, string>();

  /** Counts steps that were written. */
  wrote(appends: readonly Append[], moved: ReadonlySet<number>): void {
    for (const { streamId, steps } of appends) {
      if (!moved.has(streamId)) {
        this.retriedSteps += steps.length;
        continue;
      }
      this.stepsWritten += steps.length;
      for (const { flags } of steps) {
        if (flags.includes('missing')) this.missedSteps += 1;
        for (const flag of flags)
          this.flaggedSteps.set(flag, (this.flaggedSteps.get(flag) ?? 0) + 1);
      }
    }
  }

  /** @returns whether this is news about the SLO */
  failed(slo: string, message: string): boolean {
    const news = this.failures.get(slo) !== message;
    this.failures.set(slo, message);
    return news;
  }

  /** @returns whether it had failed before */
  succeeded(slo: string): boolean {
    return this.failures.delete(slo);
  }

  /** @returns whether this is news about the SLO */
  doubted(slo: string, message: string | null): boolean {
    const news = message !== null && this.doubts.get(slo) !== message;
    if (message === null) this.doubts.delete(slo);
    else this.doubts.set(slo, message);
    return news;
  }

  doubtful(): readonly { readonly slo: string; readonly message: string }[] {
    return [...this.doubts].map(([slo, message]) => ({ slo, message }));
  }

  failing(): readonly { readonly slo: string; readonly message: string }[] {
    return [...this.failures].map(([slo, message]) => ({ slo, message }));
  }
}
