import { MemoryFiring } from '../../test/support/memory-firing';
import fc from 'fast-check';
import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { START } from '../../test/support/figures';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith, uptimeWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { Board } from './board';
import { Evaluator } from './evaluator';
import { type Replay, replayAlerts, replayReach } from './replay';
import { streamsOf } from './streams-of';
import { Timeline } from './timeline';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

interface Filled {
  readonly slo: Slo;
  readonly ledger: MemoryLedger;
  readonly end: number;
}

function filled(slo: Slo, fill: (stream: HandFilled) => HandFilled, scale = 1n): Filled {
  const ledger = new MemoryLedger();
  const { end } = fill(ledger.begin(slo, START, { scale }));
  return { slo, ledger, end };
}

async function replayed(
  { slo, ledger, end }: Filled,
  { from = START, stepSeconds = 300 } = {},
): Promise<Replay> {
  const streams = await streamsOf(ledger, slo, null);
  const points = streams.map(async (stream) => {
    return { stream, points: await ledger.series(stream, START, end, stepSeconds) };
  });
  const grid = { from, to: end, stepSeconds };
  const reach = replayReach(slo, grid);
  return replayAlerts(
    slo,
    new Timeline(slo, await Promise.all(points), { ...grid, from: reach }),
    from,
  );
}

/** Tier, begin and end of every firing, in minutes from the start. */
function told({ firings }: Replay): readonly string[] {
  const minutes = (at: number | null) => (at === null ? '…' : String((at - START) / MINUTE));
  return firings
    .map(({ tier, from, to }) => `${tier.longSeconds} ${minutes(from)}-${minutes(to)}`)
    .sort();
}

/** The same, by evaluating every step as a tick does. */
async function evaluated(
  { slo, ledger, end }: Filled,
  { from = START, stepSeconds = 300 } = {},
): Promise<string[]> {
  const board = new Board();
  const firing = new MemoryFiring();
  const history = new MemoryDefinitionHistory();
  const evaluator = new Evaluator(ledger, board, () => 0, history, firing);
  const open = new Map<number, number>();
  const firings: string[] = [];
  const minutes = (at: number) => String((at - START) / MINUTE);
  for (let at = from + stepSeconds; at <= end; at += stepSeconds) {
    await evaluator.evaluate([slo], at);
    firing.keep(board.current().figures);
    const tiers = board.current().figures[0]?.tiers ?? [];
    const firingNow = new Set(tiers.filter((t) => t.firing).map(({ tier }) => tier.longSeconds));
    for (const long of firingNow) if (!open.has(long)) open.set(long, at);
    for (const [long, since] of open) {
      if (firingNow.has(long)) continue;
      firings.push(`${long} ${minutes(since)}-${minutes(at)}`);
      open.delete(long);
    }
  }
  for (const [long, since] of open) firings.push(`${long} ${minutes(since)}-…`);
  return firings.sort();
}

const steady = { good: 1_000 };

describe('alerts that would have fired', () => {
  it('are told with begin and end, how soon, and what was spent by then', async () => {
    // 99.9 %: a tenth of all requests fail for an hour, a burn of 100.
    const outage = START + 10 * DAY;
    const replay = await replayed(
      filled(sloWith(), (stream) =>
        stream
          .until(outage, 300, steady)
          .until(outage + HOUR, 300, { good: 900, bad: 100 })
          .until(START + 30 * DAY, 300, steady),
      ),
    );
    const [first] = replay.firings;
    // 14.4 of an hour is spent after 8.64 minutes at a burn of 100.
    expect(first).toMatchObject({
      severity: 'page',
      from: outage + 10 * MINUTE,
      to: outage + HOUR + 5 * MINUTE,
      detectionSeconds: 10 * MINUTE,
    });
    // 200 bad events of 8 640 allowed.
    expect(first?.spentRatio).toBeCloseTo(200 / 8_640, 12);
    expect(replay.spentBeforeFirstPage).toBe(first?.spentRatio);
    const lengths = replay.firings.map(({ tier }) => tier.longSeconds);
    expect(lengths).toEqual([HOUR, 6 * HOUR, DAY, 3 * DAY]);
    expect(replay.pages).toEqual([{ from: outage + 10 * MINUTE, to: outage + HOUR + 30 * MINUTE }]);
  });

  it('are none without trouble, and nothing was spent before a page that never came', async () => {
    const replay = await replayed(filled(sloWith(), (s) => s.until(START + 30 * DAY, 300, steady)));
    expect(replay).toMatchObject({ firings: [], pages: [], spentBeforeFirstPage: null });
  });

  it('do not fire exactly at the factor, and do one event above it', async () => {
    const slo = sloWith({ objective: '0.99' });
    const bad = (count: number) =>
      filled(slo, (stream) =>
        stream.until(START + 5 * HOUR, 300, { good: 100_000 - count, bad: count }),
      );
    const hour = async (count: number) =>
      (await replayed(bad(count))).firings.some(({ tier }) => tier.longSeconds === HOUR);
    expect(await hour(14_400)).toBe(false);
    expect(await hour(14_401)).toBe(true);
  });

  it('compare exactly where counts are too large for floating-point numbers', async () => {
    const slo = sloWith({ objective: '0.99' });
    const whole = 10n ** 17n;
    const bad = (count: bigint) =>
      filled(slo, (stream) =>
        stream.until(START + 5 * HOUR, 300, { good: whole - count, bad: count }),
      );
    const hour = async (count: bigint) =>
      (await replayed(bad(count))).firings.some(({ tier }) => tier.longSeconds === HOUR);
    const factor = (whole * 144n) / 1_000n;
    expect(await hour(factor)).toBe(false);
    expect(await hour(factor + 1n)).toBe(true);
  });

  it('are held, neither begun nor ended, while nobody sees what happens', async () => {
    const outage = START + 5 * DAY;
    const replay = await replayed(
      filled(sloWith(), (stream) =>
        stream
          .until(outage, 300, steady)
          .until(outage + HOUR, 300, { good: 0, bad: 1_000 })
          .missing(outage + 3 * HOUR, 300)
          .until(outage + DAY, 300, steady),
      ),
    );
    const page = replay.firings.find(({ tier }) => tier.longSeconds === HOUR);
    expect(page?.to).toBe(outage + 3 * HOUR + 30 * MINUTE);
  });

  it('guard paging by the least number of events, and tickets not', async () => {
    const bursts = (minBadEvents: number | null) =>
      filled(sloWith({ minBadEvents }), (stream) =>
        stream
          .until(START + 5 * DAY, 300, { good: 1 })
          .until(START + 5 * DAY + HOUR, 300, { good: 0, bad: 1 })
          .until(START + 6 * DAY, 300, { good: 1 }),
      );
    const kinds = async (least: number | null) => [
      ...new Set((await replayed(bursts(least))).firings.map(({ tier }) => tier.kind)),
    ];
    expect(await kinds(null)).toEqual(['page', 'ticket']);
    expect(await kinds(1_000)).toEqual(['ticket']);
  });

  it('begin with the first point, however early is asked', async () => {
    const history = filled(sloWith(), (s) => s.until(START + DAY, 300, { good: 0, bad: 1 }));
    const replay = await replayed(history, { from: START - 30 * DAY });
    expect(replay.from).toBe(START);
    expect(replay.spentBeforeFirstPage).toBeGreaterThan(0);
  });

  it('go by the windows of each week where clocks change in one', async () => {
    const slo = sloWith({ window: { kind: 'calendar', unit: 'week', timeZone: 'Europe/Berlin' } });
    const history = filled(slo, (stream) =>
      stream
        .until(START + 23 * DAY, HOUR, steady)
        .until(START + 26 * DAY, 300, { good: 990, bad: 10 }),
    );
    const last = { from: START + 23 * DAY };
    const firings = told(await replayed(history, last));
    expect(firings).toEqual(await evaluated(history, last));
    // The week of 169 hours looks back over five minutes more.
    const lengths = [...new Set(firings.map((text) => text.split(' ')[0]))];
    expect(lengths.sort()).toEqual(['20400', '5100', '60600', '60900']);
  });

  it('are what evaluating every step says', async () => {
    const minutes = fc.record({
      length: fc.integer({ min: 1, max: 90 }),
      total: fc.constantFrom(0, 1, 7, 1_000, 2 ** 46),
      badShare: fc.constantFrom(0, 0, 0.001, 0.0144, 0.03, 0.1, 1),
      seen: fc.constantFrom(1, 1, 1, 0, 0.5),
    });
    const slos = fc.record({
      objective: fc.constantFrom('0.9', '0.999', '0.99999'),
      noData: fc.constantFrom('ignore' as const, 'bad' as const, 'good' as const),
      minBadEvents: fc.constantFrom(null, 40),
      timeBased: fc.boolean(),
      days: fc.constantFrom(3, 30),
    });
    const input = fc.tuple(slos, fc.array(minutes, { minLength: 3, maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(input, fc.constantFrom(60, 300), async ([of, spells], stepSeconds) => {
        const { days, timeBased, ...rest } = of;
        const window = { kind: 'rolling', seconds: days * DAY } as const;
        const slo = (timeBased ? uptimeWith : sloWith)({ ...rest, window });
        const history = filled(
          slo,
          (stream) => {
            for (const { length, total, badShare, seen } of spells) {
              const bad = Math.floor(total * badShare);
              const written = { good: total - bad, bad, coveredSeconds: MINUTE * seen };
              const nothing = { good: 0, coveredSeconds: 0 };
              stream.until(stream.end + length * MINUTE, MINUTE, seen === 0 ? nothing : written);
            }
            const whole = Math.ceil((stream.end - START) / 300) * 300;
            return stream.until(START + whole, MINUTE, { good: 1 });
          },
          timeBased ? 1_000n : 1n,
        );
        expect(told(await replayed(history, { stepSeconds }))).toEqual(
          await evaluated(history, { stepSeconds }),
        );
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
