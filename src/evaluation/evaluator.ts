import { Logger } from '@nestjs/common';
import { LedgerContradiction } from '../domain/point';
import { sameList } from '../domain/same-list';
import { type Group, type Slo, sloId } from '../domain/slo';
import type { DefinitionHistory } from '../ledger/definition-history';
import { type ExclusionsInForce, NOTHING_EXCLUDED } from '../ledger/exclusions';
import type { Ledger, LedgerReader, Watermark } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import type { Board } from './board';
import { addInstants, computeFigures } from './compute';
import { ExcludedTime } from './excluded-time';
import type { Figures } from './figures';
import type { FiringNow, FiringTiers } from './firing';
import { readCuts } from './read-cuts';
import { Reading } from './reading';
import { hasEnded, shownStreams } from './shown-streams';
import { SucceedingLedger } from './succeeding-ledger';
import type { FiringSince } from './tier-figures';

/** The figures of an SLO from some of its streams, at the instant of the evaluation. */
type Compute = (streams: readonly Stream[], group: Group, since: FiringSince) => Figures;

const EARLIER_READ_EVERY_SECONDS = 300;

/** Streams of earlier definitions, as they were last read. */
interface Earlier {
  readonly of: readonly Slo[];
  readonly readAt: number;
  readonly streams: readonly Stream[];
}

/** The instants that the windows of some SLOs begin at which end at one. */
interface Windows {
  readonly of: readonly Slo[];
  readonly at: number;
  readonly instants: ReadonlySet<number>;
}

/** Turns the ledger into the board's figures, once per tick. */
export class Evaluator {
  private readonly logger = new Logger('evaluation');
  private earlier: Earlier = { of: [], readAt: -Infinity, streams: [] };
  private windows: Windows = { of: [], at: NaN, instants: new Set() };
  /** As the last evaluation read them. */
  private streams: readonly Stream[] = [];

  /** @param stopwatch seconds on a clock that only goes forward, to tell how long it took */
  constructor(
    private readonly ledger: LedgerReader & Pick<Ledger, 'earlierStreams'>,
    private readonly board: Board,
    private readonly stopwatch: () => number,
    private readonly definitions: DefinitionHistory,
    private readonly firing: FiringTiers,
    private readonly exclusions: ExclusionsInForce = NOTHING_EXCLUDED,
  ) {}

  /**
   * Reads the points at which the windows begin that will end at an instant, so that they are at hand
   * when that has been collected. They are read for the ledger's own memory, which knows what becomes
   * of them until then: the figures do not depend on this.
   *
   * @param at the next step that will be evaluated, epoch seconds
   */
  async lookAhead(slos: readonly Slo[], at: number): Promise<void> {
    if (this.streams.length === 0) return;
    const instants = new Set(this.instantsOf(slos, at));
    instants.delete(at);
    await this.ledger.pointsAt(this.streams, [...instants]);
  }

  /** @param at the last step that was due, epoch seconds */
  async evaluate(slos: readonly Slo[], at: number): Promise<void> {
    const started = this.stopwatch();
    const [firing, present, changes, earlier, inForce] = await Promise.all([
      this.firing.now(),
      this.ledger.streams(slos.map(revisionOf)),
      this.definitions.objectives(),
      this.earlierOf(slos, at),
      this.exclusions.inForce(),
    ]);
    this.streams = present;
    const ledger = new SucceedingLedger(this.ledger);
    const shown = await shownStreams(ledger, slos, present, earlier, at);
    const streams = shown.flat();
    const changesOf = (slo: Slo) => changes.get(sloId(slo)) ?? [];
    const instants = new Set(this.instantsOf(slos, at));
    for (const slo of slos) {
      const own = changesOf(slo);
      if (own.length > 0) addInstants(instants, slo, at, own);
    }
    const asked = [...instants];
    const told = slos.map((slo, k) => ({ slo, streams: shown[k] ?? [] }));
    const cuts = await readCuts(ledger, told, at, new ExcludedTime(inForce));
    const reading = new Reading(asked, await ledger.pointsAt(streams, asked), cuts);
    const figures = slos.flatMap((slo, k) => {
      const own = shown[k]?.length === 0 ? [null] : (shown[k] ?? []);
      const compute: Compute = (of, group, since) =>
        computeFigures(slo, group, of, reading, at, since, changesOf(slo));
      return own
        .map((stream) => this.figuresOf(slo, stream, at, compute, firing))
        .filter((figures, row) => !hasEnded(figures, own[row] ?? null));
    });
    const evaluationSeconds = this.stopwatch() - started;
    const reached = reachedBy(present, slos);
    this.board.replace({
      figures,
      evaluatedAt: at,
      evaluationSeconds,
      excluding: inForce,
      reached,
    });
  }

  /** The instants that all windows begin at, where no objective changed; the same as long as they are asked for again. */
  private instantsOf(slos: readonly Slo[], at: number): ReadonlySet<number> {
    if (this.windows.at !== at || !sameList(this.windows.of, slos)) {
      const instants = new Set<number>();
      for (const slo of slos) addInstants(instants, slo, at, []);
      this.windows = { of: slos, at, instants };
    }
    return this.windows.instants;
  }

  /** What was counted under earlier definitions stands still: it is read when they change, and now and then. */
  private async earlierOf(slos: readonly Slo[], at: number): Promise<readonly Stream[]> {
    const { of, readAt, streams } = this.earlier;
    if (sameList(of, slos) && at < readAt + EARLIER_READ_EVERY_SECONDS) return streams;
    const read = await this.ledger.earlierStreams(
      slos.map((slo) => ({ service: slo.service, name: slo.name, revision: revisionOf(slo) })),
    );
    this.earlier = { of: slos, readAt: at, streams: read };
    return read;
  }

  /** @param stream null when nothing has been collected yet: the SLO is told all the same */
  private figuresOf(
    slo: Slo,
    stream: Stream | null,
    at: number,
    compute: Compute,
    firing: FiringNow,
  ): Figures {
    const group = stream?.group ?? null;
    const since: FiringSince = (tier, severity) => firing.since(slo, group, tier, severity);
    const figures = this.computed(slo, stream === null ? [] : [stream], (of) =>
      compute(of, group, since),
    );
    if (!figures.tiers.some((tier) => tier.firing)) return figures;
    const tiers = figures.tiers.map((tier) =>
      tier.firing ? { ...tier, since: tier.since ?? at } : tier,
    );
    return { ...figures, tiers };
  }

  /** A stream that contradicts itself must not keep all others from being told. */
  private computed(
    slo: Slo,
    streams: readonly Stream[],
    compute: (streams: readonly Stream[]) => Figures,
  ): Figures {
    try {
      return compute(streams);
    } catch (error) {
      if (!(error instanceof LedgerContradiction)) throw error;
      this.logger.error(`${sloId(slo)} has no figures: ${error.message}`);
      const unknown = compute([]);
      return { ...unknown, budget: { ...unknown.budget, reason: error.message } };
    }
  }
}

/** By revision. A stream of an SLO that is gone stands still, though another one counts the same. */
function reachedBy(
  streams: readonly Stream[],
  slos: readonly Slo[],
): ReadonlyMap<string, Watermark> {
  const defined = new Set(slos.map(sloId));
  const reached = new Map<string, Watermark>();
  for (const stream of streams) {
    if (!defined.has(sloId(stream))) continue;
    const { revision, newest } = stream;
    const known = reached.get(revision);
    const at = Math.min(known?.at ?? newest.at, newest.at);
    reached.set(revision, { streams: (known?.streams ?? 0) + 1, at });
  }
  return reached;
}
