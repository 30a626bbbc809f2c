import { joinQueries, lotsOf, QUERY_LABEL } from '../promql/join-queries';
import { PassingSource } from './passing-source';
import { Suspects } from './suspects';
import {
  type InstantSample,
  type Labels,
  type RangeAsked,
  type Series,
  type SeriesSource,
  SourceFailure,
} from './series-source';

/** Asks for no series at all. */
const NOTHING = 'vector(1)';
const PROBE_MS = 5_000;

/** A question that waits for others to be asked together with. */
interface Waiting {
  readonly query: string;
  readonly resolve: (rows: readonly Labelled[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Labelled {
  readonly labels: Labels;
}

/** Questions of the same data source, kind and times. */
interface Wave {
  readonly datasource: string;
  readonly ask: (query: string) => Promise<readonly Labelled[]>;
  readonly waiting: Waiting[];
}

/**
 * Asks queries that cannot be merged together with others of the same moment, joined by `or`. Lots
 * that the source refuses are asked in halves until the one that is at fault stands alone. A question
 * with a signal of its own goes alone, and so does one that held up its lot the last time.
 */
export class JoiningSource extends PassingSource {
  private waves = new Map<string, Wave>();

  constructor(
    source: SeriesSource,
    private readonly suspects = new Suspects(),
  ) {
    super(source);
  }

  override instant(
    datasource: string,
    query: string,
    at: number,
    signal?: AbortSignal,
  ): Promise<readonly InstantSample[]> {
    if (signal !== undefined) return super.instant(datasource, query, at, signal);
    const key = JSON.stringify([datasource, at]);
    const ask = (joined: string) => this.source.instant(datasource, joined, at);
    return this.wait(key, datasource, query, ask);
  }

  override range(datasource: string, query: string, asked: RangeAsked): Promise<readonly Series[]> {
    const key = JSON.stringify([datasource, asked]);
    const ask = (joined: string) => this.source.range(datasource, joined, asked);
    return this.wait(key, datasource, query, ask);
  }

  private wait<T extends Labelled>(
    key: string,
    datasource: string,
    query: string,
    ask: (query: string) => Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    return new Promise((resolve, reject) => {
      const wave = this.waves.get(key) ?? { datasource, ask, waiting: [] };
      // Rows come back as they were asked for: those of one wave are all of one kind.
      wave.waiting.push({ query, resolve: resolve as Waiting['resolve'], reject });
      if (this.waves.size === 0)
        setImmediate(() => {
          this.send();
        });
      this.waves.set(key, wave);
    });
  }

  private send(): void {
    const waves = [...this.waves.values()];
    this.waves = new Map();
    for (const wave of waves) {
      const isSuspect = ({ query }: Waiting) => this.suspects.has(wave.datasource, query);
      const good = wave.waiting.filter((each) => !isSuspect(each));
      for (const lot of lotsOf(good, ({ query }) => query)) void this.askLot(wave, lot);
      for (const each of wave.waiting.filter(isSuspect)) void this.askAlone(wave, each);
    }
  }

  /** Never rejects: whoever waits is told. */
  private async askLot(wave: Wave, lot: readonly Waiting[]): Promise<void> {
    const [only] = lot;
    if (lot.length === 1 && only !== undefined) {
      await wave.ask(only.query).then(only.resolve, only.reject);
      return;
    }
    const answeredBefore = this.lastAnswerAt(wave.datasource);
    try {
      sortOut(lot, await wave.ask(joinQueries(lot.map(({ query }) => query))));
    } catch (error) {
      const smaller = await this.smaller(wave, lot, error, answeredBefore);
      if (smaller === null) for (const { reject } of lot) reject(error);
      else await Promise.all(smaller.map((each) => this.askSmaller(wave, each)));
    }
  }

  private async askSmaller(wave: Wave, lot: readonly Waiting[]): Promise<void> {
    const [only] = lot;
    if (lot.length === 1 && only !== undefined) await this.askAlone(wave, only);
    else await this.askLot(wave, lot);
  }

  /** Remembers whether it came to an end. */
  private async askAlone(wave: Wave, { query, resolve, reject }: Waiting): Promise<void> {
    try {
      resolve(await wave.ask(query));
      this.suspects.clear(wave.datasource, query);
    } catch (error) {
      if (error instanceof SourceFailure && error.kind === 'unavailable') {
        this.suspects.add(wave.datasource, query);
      }
      reject(error);
    }
  }

  /**
   * The lots to try in its place; null when asking again cannot help. A lot that came to no end while
   * the source answers others is held up by one of its own, so that each is asked by itself.
   */
  private async smaller(
    { datasource }: Wave,
    lot: readonly Waiting[],
    error: unknown,
    answeredBefore: number | null,
  ): Promise<readonly (readonly Waiting[])[] | null> {
    if (!(error instanceof SourceFailure) || error.kind === 'forbidden') return null;
    if (error.kind !== 'unavailable') {
      const middle = Math.ceil(lot.length / 2);
      return [lot.slice(0, middle), lot.slice(middle)];
    }
    const answersOthers =
      this.lastAnswerAt(datasource) !== answeredBefore || (await this.answersAtAll(datasource));
    return answersOthers ? lot.map((each) => [each]) : null;
  }

  /** The lot may have been all that was asked meanwhile. */
  private async answersAtAll(datasource: string): Promise<boolean> {
    try {
      await this.source.instant(datasource, NOTHING, 1, AbortSignal.timeout(PROBE_MS));
      return true;
    } catch {
      return false;
    }
  }

  private lastAnswerAt(datasource: string): number | null {
    return this.source.health(datasource).lastAnswerAt;
  }
}

function sortOut(lot: readonly Waiting[], rows: readonly Labelled[]): void {
  const own = lot.map((): Labelled[] => []);
  for (const row of rows) {
    const { [QUERY_LABEL]: index, ...labels } = row.labels;
    own[Number(index)]?.push({ ...row, labels });
  }
  lot.forEach(({ resolve }, k) => {
    resolve(own[k] ?? []);
  });
}
