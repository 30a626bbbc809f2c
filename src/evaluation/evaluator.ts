import { Logger } from '@nestjs/common';
import type { AlertTier } from '../domain/alert-policy';
import { LedgerContradiction } from '../domain/point';
import { type Group, type Slo, sloId } from '../domain/slo';
import type { DefinitionHistory } from '../ledger/definition-history';
import type { Ledger } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import type { Board } from './board';
import { addInstants, computeFigures } from './compute';
import type { Figures, TierFigure } from './figures';
import { Reading } from './reading';
import type { FiringSince } from './tier-figures';

/** The figures of an SLO from some of its streams, at the instant of the evaluation. */
type Compute = (streams: readonly Stream[], group: Group, since: FiringSince) => Figures;

/** Turns the ledger into the board's figures, once per tick. */
export class Evaluator {
  private readonly logger = new Logger('evaluation');
  private firing = new Firing();

  /** @param stopwatch seconds on a clock that only goes forward, to tell how long it took */
  constructor(
    private readonly ledger: Ledger,
    private readonly board: Board,
    private readonly stopwatch: () => number,
    private readonly definitions: DefinitionHistory,
  ) {}

  /** @param at the last step that was due, epoch seconds */
  async evaluate(slos: readonly Slo[], at: number): Promise<void> {
    const started = this.stopwatch();
    const [streams, changes] = await Promise.all([
      this.ledger.streams(slos.map(revisionOf)),
      this.definitions.objectives(),
    ]);
    const bySlo = groupBySlo(streams);
    const changesOf = (slo: Slo) => changes.get(sloId(slo)) ?? [];
    const instants = new Set<number>();
    for (const slo of slos) addInstants(instants, slo, at, changesOf(slo));
    const asked = [...instants];
    const reading = new Reading(asked, await this.ledger.pointsAt(streams, asked));
    const firing = new Firing();
    const figures = slos.flatMap((slo) => {
      const own = bySlo.get(keyOf(slo.service, slo.name, revisionOf(slo))) ?? [null];
      const compute: Compute = (of, group, since) =>
        computeFigures(slo, group, of, reading, at, since, changesOf(slo));
      return own.map((stream) => this.figuresOf(slo, stream, at, compute, firing));
    });
    this.firing = firing;
    const evaluationSeconds = this.stopwatch() - started;
    this.board.replace({ figures, evaluatedAt: at, evaluationSeconds });
  }

  /** @param stream null when nothing has been collected yet: the SLO is told all the same */
  private figuresOf(
    slo: Slo,
    stream: Stream | null,
    at: number,
    compute: Compute,
    firing: Firing,
  ): Figures {
    const before = stream === null ? null : this.firing.of(stream, slo);
    const since = (tier: AlertTier) => before?.get(tierKey(tier)) ?? null;
    const figures = this.computed(slo, stream === null ? [] : [stream], (of) =>
      compute(of, stream?.group ?? null, since),
    );
    if (stream === null || !figures.tiers.some((tier) => tier.firing)) return figures;
    const tiers = figures.tiers.map((tier) =>
      tier.firing ? { ...tier, since: tier.since ?? at } : tier,
    );
    firing.keep(stream, slo, tiers);
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

/** Which tiers fire since when, by stream; another objective is another question. */
class Firing {
  private readonly byStream = new Map<number, ReadonlyMap<string, number>>();
  private readonly objectives = new Map<number, string>();

  of({ id }: Stream, { objective }: Slo): ReadonlyMap<string, number> | null {
    if (this.objectives.get(id) !== objective.text) return null;
    return this.byStream.get(id) ?? null;
  }

  keep({ id }: Stream, { objective }: Slo, tiers: readonly TierFigure[]): void {
    const firing = tiers.flatMap(({ tier, since }): (readonly [string, number])[] =>
      since === null ? [] : [[tierKey(tier), since]],
    );
    this.objectives.set(id, objective.text);
    this.byStream.set(id, new Map(firing));
  }
}

function tierKey({ longSeconds, shortSeconds }: AlertTier): string {
  return `${longSeconds} ${shortSeconds}`;
}

function groupBySlo(streams: readonly Stream[]): ReadonlyMap<string, readonly Stream[]> {
  const groups = new Map<string, Stream[]>();
  for (const stream of streams) {
    const key = keyOf(stream.service, stream.name, stream.revision);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [stream]);
    else own.push(stream);
  }
  return groups;
}

function keyOf(service: string, name: string, revision: string): string {
  return `${service}/${name}@${revision}`;
}
