import type { Slo } from '../domain/slo';
import { planHistory } from '../promql/history-plan';
import { planLive } from '../promql/live-plan';
import { BlockReader } from './block-reader';
import type { CounterSource } from './counter-reader';
import { joinedReading } from './joined-reading';
import { OrdinaryReader } from './ordinary-reader';
import { readSli } from './sli-reader';
import type { SliReading } from './sli-reading';
import { LIVE_STEP_SECONDS, stepCount, type Steps } from './steps';

/** Raw samples of longer spans are too many for one answer. */
const MINUTES_BLOCK_SECONDS = 900;

/** An SLO of which a piece of history is read. */
export interface Reader {
  readonly slo: Slo;
  readonly scale: bigint;
}

/** The ordinary blocks of a piece, read for many SLOs at once. */
interface Blocks {
  readonly blocks: readonly Steps[];
  readonly ordinary: (reader: Reader) => readonly boolean[];
  readonly reading: (reader: Reader, span: Steps) => SliReading;
}

/** The same piece of history for many SLOs of one data source: first what is ordinary, by few queries. */
export class HistoryReader {
  private constructor(
    private readonly at: CounterSource,
    private readonly piece: Steps,
    private readonly of: Blocks,
  ) {}

  /** @throws SourceFailure when the source does not answer at all */
  static async ask(
    at: CounterSource,
    slos: readonly Slo[],
    piece: Steps,
    now: number,
  ): Promise<HistoryReader> {
    const blocks =
      piece.stepSeconds === LIVE_STEP_SECONDS
        ? await minuteBlocks(at, slos, piece, now)
        : await gridBlocks(at, slos, piece);
    return new HistoryReader(at, piece, blocks);
  }

  /** Ordinary blocks as they were read, the steps between them by the counting expression. */
  async read(reader: Reader): Promise<SliReading> {
    const { slo, scale } = reader;
    const ordinary = this.of.ordinary(reader);
    const readings: SliReading[] = [];
    let coveredAt: number | null = null;
    let k = 0;
    while (k < ordinary.length) {
      const usual = ordinary[k] === true && readings.at(-1)?.coveredSeconds.at(-1) !== 0;
      let next = k + 1;
      while (next < ordinary.length && (ordinary[next] === true) === usual) next += 1;
      if (!usual && ordinary[k] === true) next = k + 1;
      const span = this.span(k, next);
      const reading: SliReading = usual
        ? this.of.reading(reader, span)
        : await readSli(this.at, slo, span, scale, coveredAt);
      readings.push(reading);
      coveredAt = reading.coveredSeconds.at(-1) === 0 ? null : span.to;
      k = next;
    }
    return joinedReading(readings);
  }

  private span(first: number, next: number): Steps {
    const { piece } = this;
    const from = this.of.blocks[first]?.from ?? piece.from;
    return { from, to: this.of.blocks[next - 1]?.to ?? piece.to, stepSeconds: piece.stepSeconds };
  }
}

async function gridBlocks(at: CounterSource, slos: readonly Slo[], piece: Steps): Promise<Blocks> {
  const reader = new BlockReader(at, planHistory(slos), piece);
  await reader.ask();
  return {
    blocks: reader.blocks,
    ordinary: ({ slo }) => reader.ordinary(slo),
    reading: ({ slo, scale }, span) => reader.reading(slo, scale, span),
  };
}

async function minuteBlocks(
  at: CounterSource,
  slos: readonly Slo[],
  piece: Steps,
  now: number,
): Promise<Blocks> {
  const plan = planLive(slos);
  const readers: { block: Steps; reader: OrdinaryReader }[] = [];
  for (let { from } = piece; from < piece.to; from += MINUTES_BLOCK_SECONDS) {
    const to = Math.min(from + MINUTES_BLOCK_SECONDS, piece.to);
    const reader = new OrdinaryReader(at, plan);
    await reader.ask(from, to, now);
    readers.push({ block: { from, to, stepSeconds: LIVE_STEP_SECONDS }, reader });
  }
  const read = ({ slo, scale }: Reader, { block, reader }: (typeof readers)[number]) => {
    const { from, to } = block;
    const wanted = { slo, scale, from, to, isNew: true, hasGroup: () => true };
    const verdict = reader.verdict(wanted);
    return verdict.kind === 'read' && verdict.reading.steps.to === to ? verdict.reading : null;
  };
  return {
    blocks: readers.map(({ block }) => block),
    ordinary: (reader) => readers.map((each) => read(reader, each) !== null),
    reading: (reader, span) => {
      const within = readers.filter(({ block }) => block.from >= span.from && block.to <= span.to);
      return joinedReading(within.flatMap((each) => read(reader, each) ?? []));
    },
  };
}

/** Of how many streams a piece is read at once, so that memory stays flat. */
export function mostStreams(piece: Steps): number {
  return Math.max(1, Math.floor(200_000 / stepCount(piece)));
}
