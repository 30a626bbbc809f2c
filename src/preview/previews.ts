import { GatewayTimeoutException, HttpException } from '@nestjs/common';
import pLimit, { type LimitFunction } from 'p-limit';
import type { CounterSource } from '../collection/counter-reader';
import { ThresholdNotABucket } from '../collection/bucket-check';
import { RememberingSource } from '../collection/remembering-source';
import { type SeriesSource, SourceFailure } from '../collection/series-source';
import { NotCountable } from '../collection/sli-reading';
import { isComposite, type Slo } from '../domain/slo';
import { InvalidValue } from '../domain/invalid-value';
import type { ExclusionsInForce } from '../ledger/exclusions';
import type { HistoryWanted } from './read-history';
import { NotComposable, previewComposite } from './preview-composite';
import { previewSlo, type SloPreview } from './preview-slo';
import { QuietSource } from './quiet-source';

/** What a preview has to know besides the definitions. */
export interface PreviewSettings {
  readonly scrapeIntervalSeconds: (datasource: string) => number;
  /** Epoch seconds. */
  readonly now: () => number;
  /** End of the last step that is due at `now()`. */
  readonly due: () => number;
  readonly deadlineSeconds: number;
  /** Over the API; none where there is no service around it. */
  readonly exclusions?: ExclusionsInForce;
  /** Of which composites may be made, besides those that are previewed. */
  readonly defined?: () => readonly Slo[];
}

/** An SLO with its preview, or why it cannot be counted. */
export type Previewed =
  | ({ readonly kind: 'previewed'; readonly slo: Slo } & SloPreview)
  | { readonly kind: 'not-countable'; readonly slo: Slo; readonly reason: string };

/** At once in one process: each holds a month of points in memory. */
const MOST_AT_ONCE = 2;
/** In one preview; more would keep the source busy for long. */
export const MOST_SLOS = 20;
/** In one preview, over all its SLOs. */
export const MOST_GROUPS = 100;
/** Of the four that a source is asked by default, so that live steps always find one free. */
const QUESTIONS_AT_ONCE = 2;

const CLIENT_CLOSED_REQUEST = 499;

/** Whoever asked has gone; nobody reads this. */
export class AskerGone extends HttpException {
  constructor() {
    super('the client went away before there was an answer', CLIENT_CLOSED_REQUEST);
  }
}

/** Previews definitions against their sources, within bounds of number, time and load. */
export class Previews {
  private running = 0;
  private readonly turns = new Map<string, LimitFunction>();

  constructor(
    private readonly source: SeriesSource,
    private readonly settings: PreviewSettings,
  ) {}

  /** Whether as many run as may, so that another one should come later. */
  get busy(): boolean {
    return this.running >= MOST_AT_ONCE;
  }

  /**
   * Previews SLOs one after the other, as of now.
   *
   * @param ended ends it, failing for the signal's reason
   * @throws SourceFailure when a source cannot be asked at all; GatewayTimeoutException
   */
  async of(
    slos: readonly Slo[],
    ended: AbortSignal,
    onProgress: HistoryWanted['onProgress'] = () => undefined,
  ): Promise<readonly Previewed[]> {
    const timeout = new AbortController();
    const { deadlineSeconds } = this.settings;
    const timer = setTimeout(() => {
      timeout.abort(
        new GatewayTimeoutException(
          `the sources did not tell their history within ${deadlineSeconds} s: ask for fewer SLOs at once, or with fewer series`,
        ),
      );
    }, deadlineSeconds * 1_000);
    const signal = AbortSignal.any([ended, timeout.signal]);
    this.running += 1;
    try {
      return await this.inOrder(slos, signal, onProgress);
    } finally {
      this.running -= 1;
      clearTimeout(timer);
    }
  }

  private async inOrder(
    slos: readonly Slo[],
    signal: AbortSignal,
    onProgress: HistoryWanted['onProgress'],
  ): Promise<readonly Previewed[]> {
    const quiet = new QuietSource(this.source, (name) => this.turnOf(name), signal);
    const source = new RememberingSource(quiet);
    const times = { now: this.settings.now(), due: this.settings.due() };
    const { exclusions, scrapeIntervalSeconds, defined = () => [] } = this.settings;
    const others = [...slos, ...defined()];
    const at = ({ datasource }: Slo): CounterSource => {
      return { source, datasource, scrapeIntervalSeconds: scrapeIntervalSeconds(datasource) };
    };
    const previewed: Previewed[] = [];
    let mostGroups = MOST_GROUPS;
    for (const slo of slos) {
      signal.throwIfAborted();
      const wanted = { ...times, mostGroups, onProgress };
      const preview = isComposite(slo)
        ? previewComposite(at, slo, others, wanted, exclusions)
        : previewSlo(at(slo), slo, wanted, exclusions);
      const one = await countable(slo, preview);
      if (one.kind === 'previewed') mostGroups -= one.groups.length;
      previewed.push(one);
    }
    return previewed;
  }

  private turnOf(datasource: string): LimitFunction {
    const known = this.turns.get(datasource);
    if (known !== undefined) return known;
    const turn = pLimit(QUESTIONS_AT_ONCE);
    this.turns.set(datasource, turn);
    return turn;
  }
}

/** What is wrong with one SLO keeps nobody from the preview of the others. */
async function countable(slo: Slo, preview: Promise<SloPreview>): Promise<Previewed> {
  try {
    return { kind: 'previewed', slo, ...(await preview) };
  } catch (error) {
    if (!isOfThisSlo(error)) throw error;
    return { kind: 'not-countable', slo, reason: error.message };
  }
}

function isOfThisSlo(error: unknown): error is Error {
  if (error instanceof SourceFailure) return error.kind === 'rejected' || error.kind === 'too_much';
  return (
    error instanceof NotComposable ||
    error instanceof ThresholdNotABucket ||
    error instanceof NotCountable ||
    error instanceof InvalidValue
  );
}
