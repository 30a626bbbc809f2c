import type { StepFlag } from '../ledger/step';
import type { LoggerService } from '@nestjs/common';
import type { Append } from '../ledger/ledger';
import type { AskedQuery } from './merged-asking';

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
  /** The merged questions of the last tick. */
  asked: readonly AskedQuery[] = [];
  private readonly failures = new Map<string, string>();
  private readonly historyFailures = new Map<string, string>();
  private readonly doubts = new Map<string, string>();
  private readonly looked = new Map<string, number>();

  constructor(private readonly logger: LoggerService) {}

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

  /** One broken SLO is told of, in the log only when it is news. */
  failed(slo: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (this.failures.get(slo) !== message) this.logger.warn(`${slo} is not collected: ${message}`);
    this.failures.set(slo, message);
  }

  succeeded(slo: string): void {
    if (this.failures.delete(slo)) this.logger.log(`${slo} is collected again`);
  }

  /** Whether nobody looked at the SLO's selectors since an instant. */
  wantsLook(slo: string, since: number): boolean {
    return (this.looked.get(slo) ?? -Infinity) < since;
  }

  undoubted(slo: string, at: number): void {
    this.looked.set(slo, at);
    this.doubts.delete(slo);
  }

  doubted(slo: string, message: string, at: number): void {
    if (this.doubts.get(slo) !== message) this.logger.warn(`${slo}: ${message}`);
    this.looked.set(slo, at);
    this.doubts.set(slo, message);
  }

  doubtful(): readonly { readonly slo: string; readonly message: string }[] {
    return [...this.doubts].map(([slo, message]) => ({ slo, message }));
  }

  /** The history of these SLOs is not read; their live steps may be. */
  historyFailed(slos: readonly string[], reason: string): void {
    const message = `its history is not read: ${reason}`;
    const news = slos.filter((slo) => this.historyFailures.get(slo) !== message);
    for (const slo of news) this.historyFailures.set(slo, message);
    const [first] = news;
    if (first === undefined) return;
    const others = news.length === 1 ? '' : ` and ${news.length - 1} more`;
    this.logger.warn(`${first}${others}: ${message}`);
  }

  historySucceeded(slo: string): void {
    this.historyFailures.delete(slo);
  }

  failing(): readonly { readonly slo: string; readonly message: string }[] {
    return [...this.failures, ...this.historyFailures].map(([slo, message]) => ({ slo, message }));
  }
}
