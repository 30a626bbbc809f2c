import type { Slo } from '../domain/slo';
import type { Ledger } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import type { Board } from './board';
import { computeFigures, instantsFor } from './compute';
import type { Figures, TierFigure } from './figures';
import { Reading } from './reading';

/** Turns the ledger into the board's figures, once per tick. */
export class Evaluator {
  private readonly firingSince = new Map<string, number>();

  constructor(
    private readonly ledger: Ledger,
    private readonly board: Board,
  ) {}

  /** @param at the last step that was due, epoch seconds */
  async evaluate(slos: readonly Slo[], at: number): Promise<void> {
    const started = performance.now();
    const streams = await this.ledger.streams(slos.map(revisionOf));
    const bySlo = groupBySlo(streams);
    const instants = [...new Set(slos.flatMap((slo) => instantsFor(slo, at)))];
    const reading = new Reading(instants, await this.ledger.pointsAt(streams, instants));
    const figures = slos.flatMap((slo) => {
      const own = bySlo.get(keyOf(slo.service, slo.name, revisionOf(slo))) ?? [];
      return own.map((stream) => this.figuresOf(slo, stream, reading, at));
    });
    this.board.replace({
      figures,
      evaluatedAt: at,
      evaluationSeconds: (performance.now() - started) / 1000,
    });
  }

  private figuresOf(slo: Slo, stream: Stream, reading: Reading, at: number): Figures {
    const key = (tier: TierFigure['tier']) =>
      JSON.stringify([stream.id, slo.objective.text, tier.longSeconds, tier.shortSeconds]);
    const figures = computeFigures(
      slo,
      stream.group,
      [stream],
      reading,
      at,
      (tier) => this.firingSince.get(key(tier)) ?? null,
    );
    for (const { tier, since } of figures.tiers) {
      if (since === null) this.firingSince.delete(key(tier));
      else this.firingSince.set(key(tier), since);
    }
    return figures;
  }
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
