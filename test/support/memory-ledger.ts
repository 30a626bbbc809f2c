import type { Point } from '../../src/domain/point';
import type { Group, Slo } from '../../src/domain/slo';
import {
  type CountedSlo,
  Ledger,
  type PointsByStream,
  type Watermark,
} from '../../src/ledger/ledger';
import { revisionOf } from '../../src/ledger/revision';
import type { Step } from '../../src/ledger/step';
import type { Stream } from '../../src/ledger/stream';
import { LedgerOracle } from './ledger-oracle';

interface Kept {
  readonly key: Pick<Stream, 'id' | 'service' | 'name' | 'group' | 'revision' | 'scale'>;
  readonly points: LedgerOracle;
}

/** A step as tests write it down. */
export interface Written {
  readonly good: number | bigint;
  readonly bad?: number | bigint;
  /** The whole step unless told. */
  readonly coveredSeconds?: number;
}

/** A ledger in memory, filled by hand; reading is what the port says, by brute force. */
export class MemoryLedger extends Ledger {
  private readonly kept: Kept[] = [];

  /** Begins a stream; `at` is its first point. */
  begin(slo: Slo, at: number, options: { group?: Group; scale?: bigint } = {}): HandFilled {
    const { group = null, scale = 1n } = options;
    const { service, name } = slo;
    const key = {
      id: this.kept.length + 1,
      service,
      name,
      group,
      revision: revisionOf(slo),
      scale,
    };
    const points = new LedgerOracle(at);
    this.kept.push({ key, points });
    return new HandFilled(points);
  }

  override async streams(revisions: readonly string[]): Promise<readonly Stream[]> {
    return this.kept
      .filter(({ key }) => revisions.includes(key.revision))
      .map(({ key, points }) => ({
        ...key,
        oldest: points.oldest,
        newest: points.newest,
        backfilledTo: points.oldest.at,
        lastCoveredAt: points.lastCoveredAt,
        corrections: points.corrections,
      }));
  }

  override async watermarks(sets: readonly (readonly string[])[]): Promise<readonly Watermark[]> {
    return Promise.all(
      sets.map(async (revisions) => {
        const own = await this.streams(revisions);
        const at = own.length === 0 ? null : Math.min(...own.map(({ newest }) => newest.at));
        return { streams: own.length, at };
      }),
    );
  }

  override async earlierStreams(of: readonly CountedSlo[]): Promise<readonly Stream[]> {
    const all = await this.streams(this.kept.map(({ key }) => key.revision));
    return all.filter((stream) =>
      of.some(
        ({ service, name, revision }) =>
          stream.service === service && stream.name === name && stream.revision !== revision,
      ),
    );
  }

  override async pointsAt(
    streams: readonly Stream[],
    instants: readonly number[],
  ): Promise<readonly PointsByStream[]> {
    return instants.map(
      (at) => new Map(streams.map(({ id }) => [id, this.pointsOf(id).pointAt(at)])),
    );
  }

  override async series(
    { id }: Stream,
    from: number,
    to: number,
    gridSeconds: number,
  ): Promise<readonly Point[]> {
    return this.pointsOf(id).series(from, to, gridSeconds);
  }

  override open(): Promise<never> {
    return refused('open');
  }

  override append(): Promise<never> {
    return refused('append');
  }

  override prepend(): Promise<never> {
    return refused('prepend');
  }

  override amend(): Promise<never> {
    return refused('amend');
  }

  override awaitedSteps(): Promise<never> {
    return refused('awaitedSteps');
  }

  override async eachStep(
    streams: readonly Stream[],
    from: number,
    to: number,
    visit: Parameters<Ledger['eachStep']>[3],
  ): Promise<void> {
    for (const stream of streams) {
      const [before] = await this.pointsAt([stream], [from]);
      let last = before?.get(stream.id) ?? stream.oldest;
      for (const point of await this.series(stream, from, to, 300)) {
        if (point.at <= last.at) continue;
        const good = point.good - last.good;
        const bad = point.total - last.total - good;
        const covered = point.coveredSeconds - last.coveredSeconds;
        visit(stream.id, last.at, point.at, Number(good), Number(bad), covered);
        last = point;
      }
    }
  }

  override maintain(): Promise<never> {
    return refused('maintain');
  }

  private pointsOf(id: number): LedgerOracle {
    const found = this.kept.find(({ key }) => key.id === id);
    if (found === undefined) throw new Error(`there is no stream ${id}`);
    return found.points;
  }
}

/** A stream that a test fills step by step. */
export class HandFilled {
  constructor(private readonly points: LedgerOracle) {}

  get end(): number {
    return this.points.newest.at;
  }

  /** One more step of this length. */
  step(seconds: number, { good, bad = 0, coveredSeconds = seconds }: Written): this {
    const step: Step = {
      at: this.end + seconds,
      good: BigInt(good),
      total: BigInt(good) + BigInt(bad),
      coveredSeconds,
      flags: coveredSeconds === 0 ? ['missing'] : [],
    };
    this.points.append([step]);
    return this;
  }

  /** The same step again and again, up to an instant. */
  until(at: number, seconds: number, written: Written): this {
    while (this.end + seconds <= at) this.step(seconds, written);
    return this;
  }

  /** Time that nobody saw. */
  missing(until: number, seconds = 60): this {
    return this.until(until, seconds, { good: 0, coveredSeconds: 0 });
  }

  /** The same step again and again before the first one, as backfill finds it. */
  before(
    from: number,
    seconds: number,
    { good, bad = 0, coveredSeconds = seconds }: Written,
  ): this {
    const steps: Step[] = [];
    for (let at = from + seconds; at <= this.points.oldest.at; at += seconds) {
      const total = BigInt(good) + BigInt(bad);
      steps.push({ at, good: BigInt(good), total, coveredSeconds, flags: [] });
    }
    this.points.prepend(from, steps);
    return this;
  }

  /** Adds bad events to a step, as late samples do. */
  correctBad(at: number, bad: bigint): this {
    const none = { good: 0n, total: 0n, coveredSeconds: 0 };
    this.points.amend(at, { ...none, total: bad }, none);
    return this;
  }

  /** Takes counts back, as a correction does. */
  correct(at: number, good: bigint): this {
    const none = { good: 0n, total: 0n, coveredSeconds: 0 };
    this.points.amend(at, { good, total: good, coveredSeconds: 0 }, none);
    return this;
  }
}

/** Nothing under test writes to a ledger that is filled by hand. */
function refused(what: string): Promise<never> {
  return Promise.reject(new Error(`a ledger filled by hand does not ${what}`));
}
