import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { excluded, MemoryExclusions } from '../../test/support/excluding';
import { START } from '../../test/support/figures';
import { MemoryFiring } from '../../test/support/memory-firing';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import type { LedgerReader } from '../ledger/ledger';
import { Board } from './board';
import { Evaluator } from './evaluator';
import { PeriodFigurer } from './period-figures';
import { SPARKLINE_DAYS } from './sparkline-days';
import { type Sparkline, Sparklines } from './sparklines';

const HOUR = 3_600;
const DAY = 86_400;
const slo = sloWith({ objective: '0.99', window: { kind: 'rolling', seconds: 7 * DAY } });

/** One SLO over 40 days, of which day 35 was bad by a tenth; asked at noon of day 40. */
class World {
  readonly ledger = new MemoryLedger();
  readonly exclusions = new MemoryExclusions();
  readonly board = new Board();
  /** Instants that the ledger was asked about. */
  asked = 0;
  readonly stream: HandFilled;
  private readonly reader: LedgerReader;
  private readonly sparklines: Sparklines;

  constructor() {
    this.stream = this.ledger
      .begin(slo, START)
      .until(START + 35 * DAY, HOUR, { good: 100 })
      .until(START + 36 * DAY, HOUR, { good: 90, bad: 10 })
      .until(START + 40 * DAY + 12 * HOUR, HOUR, { good: 100 });
    const { ledger } = this;
    this.reader = {
      streams: (revisions) => ledger.streams(revisions),
      series: (...asked) => ledger.series(...asked),
      pointsAt: (streams, instants) => {
        this.asked += streams.length * instants.length;
        return ledger.pointsAt(streams, instants);
      },
    };
    const periods = new PeriodFigurer(this.reader, new MemoryDefinitionHistory(), this.exclusions);
    this.sparklines = new Sparklines(this.reader, periods, this.exclusions);
  }

  async tick(at: number, slos: readonly Slo[] = [slo]): Promise<void> {
    const [definitions, firing] = [new MemoryDefinitionHistory(), new MemoryFiring()];
    await new Evaluator(
      ...([this.ledger, this.board, () => 0, definitions, firing, this.exclusions] as const),
    ).evaluate(slos, at);
  }

  /** Of the only row. */
  async line(): Promise<Sparkline> {
    const [line] = [...(await this.sparklines.of(this.board.current())).values()];
    if (line === undefined) throw new Error('there is one row');
    return line;
  }
}

describe('a month of a row', () => {
  const noon = START + 40 * DAY + 12 * HOUR;
  let world: World;
  beforeEach(async () => {
    world = new World();
    await world.tick(noon);
  });

  it('has an SLI of each day, and what was left of the window that ended with it', async () => {
    const { from, sliRatios, remainingRatios } = await world.line();
    expect(from).toBe(START + 11 * DAY);
    expect(sliRatios).toHaveLength(SPARKLINE_DAYS);
    // Day 35 is the 25th from day 11.
    expect(sliRatios.map((ratio, k) => [k, ratio]).filter(([, ratio]) => ratio !== 1)).toEqual([
      [24, 0.9],
    ]);
    // 10 % of one day in seven against 1 %: 1 - 0.1 / 7 / 0.01 from then on, today as the board has it.
    const left = 1 - 10 / 7;
    expect(remainingRatios.slice(0, 24).every((ratio) => ratio === 1)).toBe(true);
    for (const ratio of remainingRatios.slice(24)) expect(ratio).toBeCloseTo(left, 9);
    expect(remainingRatios.at(-1)).toBe(
      world.board.current().figures[0]?.budget.budget?.remainingRatio,
    );
  });

  it('knows nothing of days before the first event', async () => {
    const young = new World();
    await young.tick(START + 3 * DAY);
    const { sliRatios, remainingRatios } = await young.line();
    const known = (ratios: readonly (number | null)[]) =>
      ratios.flatMap((ratio, k) => (ratio === null ? [] : [k]));
    expect(known(sliRatios)).toEqual([26, 27, 28]);
    expect(known(remainingRatios)).toEqual([26, 27, 28, 29]);
  });

  it('reads the days that are over once', async () => {
    await world.line();
    const first = world.asked;
    await world.line();
    expect(world.asked).toBe(first);
    world.stream.until(noon + HOUR, HOUR, { good: 50, bad: 50 });
    await world.tick(noon + HOUR);
    const { sliRatios } = await world.line();
    expect(sliRatios.at(-1)).toBeCloseTo(1 - 50 / 1_300, 9);
    // Where today begins, and where it ends.
    expect(world.asked).toBe(first + 2);
  });

  it('follows an exclusion at once, and its end', async () => {
    await world.line();
    world.exclusions.list = [excluded(START + 35 * DAY, START + 36 * DAY)];
    const without = await world.line();
    expect(without.sliRatios[24]).toBeNull();
    expect(without.remainingRatios[28]).toBe(1);
    world.exclusions.list = [];
    expect((await world.line()).sliRatios[24]).toBe(0.9);
  });

  it('follows a correction of a day that is over', async () => {
    await world.line();
    world.stream.correctBad(START + 38 * DAY, 2_400n);
    await world.tick(noon + 60);
    const { sliRatios } = await world.line();
    expect(sliRatios[26]).toBe(0.5);
  });

  it('follows history that is read back', async () => {
    const young = new World();
    await young.tick(START + 3 * DAY);
    await young.line();
    young.stream.before(START - 2 * DAY, HOUR, { good: 3, bad: 1 });
    await young.tick(START + 3 * DAY + 60);
    const { sliRatios } = await young.line();
    expect(sliRatios.slice(23, 27)).toEqual([null, 0.75, 0.75, 1]);
  });

  it('begins anew with the day', async () => {
    await world.line();
    world.stream.until(START + 41 * DAY + HOUR, HOUR, { good: 100 });
    await world.tick(START + 41 * DAY + HOUR);
    const { from, sliRatios } = await world.line();
    expect([from, sliRatios[23]]).toEqual([START + 12 * DAY, 0.9]);
  });
});
