import { DAY_SECONDS } from '../domain/duration';
import type { Exclusion } from '../domain/exclusion-scope';
import { rowKey, type Slo, sloId } from '../domain/slo';
import type { ExclusionsInForce } from '../ledger/exclusions';
import { dayOf, floorTo, GRID_SECONDS } from '../ledger/grid';
import type { LedgerReader } from '../ledger/ledger';
import { revisionOf } from '../ledger/revision';
import type { Stream } from '../ledger/stream';
import type { Snapshot } from './board';
import type { Figures } from './figures';
import { grouped } from './grouped';
import type { PeriodFigurer } from './period-figures';
import { type Days, daysOf, periodOf, SPARKLINE_DAYS } from './sparkline-days';

/** The last days of a row, the oldest first; UTC days, today last. */
export interface Sparkline extends Days {
  /** Epoch seconds: where the first day begins. */
  readonly from: number;
}

/** SLOs whose days are read together: others get their turn in between. */
const AT_ONCE = 50;

/** The days before today of an SLO's rows, which stay as they are as long as the key does. */
interface Kept {
  readonly slo: Slo;
  readonly key: string;
  readonly rows: ReadonlyMap<string, Days>;
}

/**
 * A month of every row of the list. Days that are over are kept: they change by corrections, by history
 * that is read back and by exclusions, each of which makes another key.
 */
export class Sparklines {
  private kept = new Map<string, Kept>();
  private asked: {
    readonly snapshot: Snapshot;
    readonly excluding: readonly Exclusion[];
    readonly answer: Promise<ReadonlyMap<Figures, Sparkline>>;
  } | null = null;
  private readonly numbers = new WeakMap<readonly Exclusion[], number>();
  private lastNumber = 0;

  constructor(
    private readonly ledger: LedgerReader,
    private readonly periods: Pick<PeriodFigurer, 'of'>,
    private readonly exclusions: ExclusionsInForce,
  ) {}

  /** Of every row of the board; made once, however many ask. */
  async of(snapshot: Snapshot): Promise<ReadonlyMap<Figures, Sparkline>> {
    const excluding = await this.exclusions.inForce();
    if (this.asked?.snapshot !== snapshot || this.asked.excluding !== excluding) {
      const before = this.asked?.answer ?? Promise.resolve();
      const answer = before.catch(() => null).then(() => this.made(snapshot, excluding));
      this.asked = { snapshot, excluding, answer };
      // What failed is made anew when it is asked for again.
      answer.catch(() => {
        if (this.asked?.answer === answer) this.asked = null;
      });
    }
    return this.asked.answer;
  }

  private async made(
    { figures, evaluatedAt }: Snapshot,
    excluding: readonly Exclusion[],
  ): Promise<ReadonlyMap<Figures, Sparkline>> {
    if (evaluatedAt === null) return new Map();
    const today = dayOf(evaluatedAt);
    const slos = [...new Set(figures.map(({ slo }) => slo))];
    await this.refresh(slos, today, this.numberOf(excluding));
    const soFar = await this.todaysSli(slos, today, evaluatedAt);
    const from = today - (SPARKLINE_DAYS - 1) * DAY_SECONDS;
    return new Map(
      figures.map((each) => {
        const key = rowKey(sloId(each.slo), each.group);
        const past = this.kept.get(sloId(each.slo))?.rows.get(key) ?? UNKNOWN;
        const remaining = each.budget.budget?.remainingRatio ?? null;
        return [
          each,
          {
            from,
            sliRatios: [...past.sliRatios, soFar.get(key) ?? null],
            remainingRatios: [...past.remainingRatios, remaining],
          },
        ];
      }),
    );
  }

  /** Reads the days of those SLOs whose streams, exclusions or definitions are other ones than before. */
  private async refresh(slos: readonly Slo[], today: number, exclusions: number): Promise<void> {
    const streams = grouped(
      await this.ledger.streams(slos.map(revisionOf)),
      (stream) => `${sloId(stream)}@${stream.revision}`,
    );
    const wanted = slos.map((slo) => {
      const found = streams.get(`${sloId(slo)}@${revisionOf(slo)}`) ?? [];
      const own = found.map((stream) => streamKey(stream, today));
      return { slo, key: `${today} ${exclusions} ${own.sort().join(' ')}` };
    });
    const kept = new Map<string, Kept>();
    const stale = wanted.filter(({ slo, key }) => {
      const known = this.kept.get(sloId(slo));
      if (known?.slo !== slo || known.key !== key) return true;
      kept.set(sloId(slo), known);
      return false;
    });
    const keys = new Map(stale.map(({ slo, key }) => [slo, key]));
    const alikes = grouped(
      stale.map(({ slo }) => slo),
      ({ window }) => JSON.stringify(window),
    );
    for (const alike of alikes.values()) {
      for (let k = 0; k < alike.length; k += AT_ONCE) {
        const some = alike.slice(k, k + AT_ONCE);
        const rows = await daysOf(this.periods, some, today);
        for (const slo of some) {
          kept.set(sloId(slo), { slo, key: keys.get(slo) ?? '', rows: rows.get(slo) ?? new Map() });
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    this.kept = kept;
  }

  private async todaysSli(
    slos: readonly Slo[],
    today: number,
    at: number,
  ): Promise<ReadonlyMap<string, number | null>> {
    const to = floorTo(at, GRID_SECONDS);
    if (to <= today) return new Map();
    const rows = await this.periods.of(slos, [periodOf(today, to)]);
    return new Map(
      rows.map(({ slo, group, figures }) => [
        rowKey(sloId(slo), group),
        figures[0]?.sliRatio ?? null,
      ]),
    );
  }

  private numberOf(excluding: readonly Exclusion[]): number {
    const known = this.numbers.get(excluding);
    if (known !== undefined) return known;
    this.lastNumber += 1;
    this.numbers.set(excluding, this.lastNumber);
    return this.lastNumber;
  }
}

const NOTHING = Array.from({ length: SPARKLINE_DAYS - 1 }, () => null);
const UNKNOWN: Days = { sliRatios: NOTHING, remainingRatios: NOTHING };

/** What the days of a stream depend on: its corrections, how far back it goes, and whether they are over for it. */
function streamKey({ id, corrections, oldest, newest }: Stream, today: number): string {
  const end = newest.at >= today ? 'on' : newest.at;
  return `${id}:${corrections}:${oldest.at}:${end}`;
}
