import fc from 'fast-check';
import { compositeOf, Definitions, streamOf } from '../../test/support/composites';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import { between } from '../domain/point';
import type { CompositeMethod, Slo } from '../domain/slo';
import type { Tally } from '../domain/tally';
import type { LedgerReader } from '../ledger/ledger';

const MINUTE = 60;
const SLICE = 300;
const HOUR = 3_600;
const DAY = 86_400;
const START = Date.parse('2026-10-01T00:00:00Z') / 1000;

const api = sloWith({ name: 'api', objective: '0.99' });
const shop = sloWith({ name: 'shop', objective: '0.9' });

/** What a composite counted in (from, to]. */
async function counted(ledger: LedgerReader, slo: Slo, from: number, to: number): Promise<Tally> {
  const stream = await streamOf(ledger, slo);
  const [earlier, later] = await ledger.pointsAt([stream], [from, to]);
  const points = [earlier?.get(stream.id), later?.get(stream.id)] as const;
  if (points[0] === undefined || points[1] === undefined) throw new Error('a point is missing');
  return between(points[0], points[1], stream);
}

function slices(good: number, total: number, coveredSeconds = total * SLICE): Tally {
  return { good: BigInt(good), total: BigInt(total), coveredSeconds };
}

function fill(stream: HandFilled, until: number, bad = 0): void {
  stream.until(until, MINUTE, { good: 100 - bad, bad });
}

describe('a composite', () => {
  let kept: MemoryLedger;
  let definitions: Definitions;
  let first: HandFilled;
  let second: HandFilled;
  const both = compositeOf('all', [api, shop]);

  beforeEach(() => {
    kept = new MemoryLedger();
    definitions = new Definitions();
    definitions.define(api, shop, both);
    first = kept.begin(api, START);
    second = kept.begin(shop, START);
  });

  it('has the slices of its parts, up to where the last of them is', async () => {
    fill(first, START + HOUR);
    fill(second, START + HOUR + 3 * MINUTE);
    const ledger = definitions.over(kept);
    const stream = await streamOf(ledger, both);
    expect(stream.newest.at).toBe(START + HOUR);
    expect(stream.lastCoveredAt).toBe(START + HOUR);
    expect(await counted(ledger, both, START, START + HOUR)).toEqual(slices(12, 12));
  });

  it('grows slice by slice, and is the same as one that is made at once', async () => {
    const ledger = definitions.over(kept);
    for (let minute = 1; minute <= 60; minute += 1) {
      fill(first, START + minute * MINUTE, minute > 30 ? 2 : 0);
      fill(second, START + minute * MINUTE);
      await streamOf(ledger, both);
    }
    expect(await counted(ledger, both, START, START + HOUR)).toEqual(slices(6, 12));
    const fresh = definitions.over(kept);
    expect((await streamOf(fresh, both)).newest).toEqual((await streamOf(ledger, both)).newest);
  });

  it('loses a slice whose part is corrected', async () => {
    fill(first, START + 2 * HOUR);
    fill(second, START + 2 * HOUR);
    const ledger = definitions.over(kept);
    expect(await counted(ledger, both, START, START + 2 * HOUR)).toEqual(slices(24, 24));
    first.correctBad(START + 90 * MINUTE, 500n);
    expect(await counted(ledger, both, START, START + 2 * HOUR)).toEqual(slices(23, 24));
    expect(await counted(ledger, both, START + 80 * MINUTE, START + 90 * MINUTE)).toEqual(
      slices(1, 2),
    );
  });

  it('reaches further back once its parts do, and counts on from where it was', async () => {
    fill(first, START + HOUR);
    fill(second, START + HOUR);
    const ledger = definitions.over(kept);
    const before = await streamOf(ledger, both);
    first.before(START - DAY, SLICE, { good: 0, bad: 5 });
    expect((await streamOf(ledger, both)).oldest.at).toBe(START);
    second.before(START - DAY / 2, SLICE, { good: 5 });
    const after = await streamOf(ledger, both);
    expect(after.oldest.at).toBe(START - DAY / 2);
    expect(after.newest).toEqual(before.newest);
    expect(await counted(ledger, both, START - DAY / 2, START)).toEqual(slices(0, 144));
  });

  it('was not seen while a part was not', async () => {
    fill(first, START + HOUR);
    fill(second, START + HOUR / 2);
    second.missing(START + HOUR);
    const ledger = definitions.over(kept);
    expect(await counted(ledger, both, START, START + HOUR)).toEqual(slices(6, 6));
    expect((await streamOf(ledger, both)).lastCoveredAt).toBe(START + HOUR / 2);
  });

  it('is judged by the objectives that its parts had then', async () => {
    fill(first, START + 2 * HOUR, 3);
    fill(second, START + 2 * HOUR);
    definitions.changes.set('shop/api', [
      { since: START - DAY, objective: '0.95' },
      { since: START + HOUR, objective: '0.99' },
    ]);
    const ledger = definitions.over(kept);
    expect(await counted(ledger, both, START, START + 2 * HOUR)).toEqual(slices(12, 24));
    definitions.changes.set('shop/api', [{ since: START - DAY, objective: '0.95' }]);
    expect(await counted(ledger, both, START, START + 2 * HOUR)).toEqual(slices(24, 24));
  });

  it('goes on where a part counts something else from now on', async () => {
    fill(first, START + HOUR, 50);
    fill(second, START + 2 * HOUR);
    const ledger = definitions.over(kept);
    expect(await counted(ledger, both, START, START + HOUR)).toEqual(slices(0, 12));
    const changed = sloWith({ name: 'api', objective: '0.99', groupBy: [], datasource: 'other' });
    definitions.define(changed, shop, both);
    fill(kept.begin(changed, START + HOUR), START + 2 * HOUR);
    expect(await counted(ledger, both, START, START + 2 * HOUR)).toEqual(slices(12, 24));
  });

  it('may be a part itself', async () => {
    const outer = compositeOf('worst', [both, shop], { name: 'outer', sliceSeconds: 600 });
    definitions.define(outer, both, shop, api);
    fill(first, START + HOUR / 2, 50);
    fill(first, START + HOUR);
    fill(second, START + HOUR, 4);
    const ledger = definitions.over(kept);
    const whole = { good: 3n * 960_000n, total: 6_000_000n, coveredSeconds: HOUR };
    expect(await counted(ledger, outer, START, START + HOUR)).toEqual(whole);
    first.correctBad(START + 55 * MINUTE, 400n);
    const less = { ...whole, good: 2n * 960_000n + 500_000n };
    expect(await counted(ledger, outer, START, START + HOUR)).toEqual(less);
  });

  it('is made of one group of a part, or of all of them together', async () => {
    const cars = sloWith({ name: 'cars', objective: '0.99', groupBy: ['endpoint'] });
    const one = compositeOf('worst', [{ slo: cars, group: { endpoint: '/a' } }], { name: 'one' });
    const all = compositeOf('worst', [cars], { name: 'all' });
    definitions.define(cars, one, all);
    fill(kept.begin(cars, START, { group: { endpoint: '/a' } }), START + HOUR);
    fill(kept.begin(cars, START, { group: { endpoint: '/b' } }), START + HOUR, 10);
    const ledger = definitions.over(kept);
    const of = (ratio: bigint) => ({ good: 12n * ratio, total: 12_000_000n, coveredSeconds: HOUR });
    expect(await counted(ledger, one, START, START + HOUR)).toEqual(of(1_000_000n));
    expect(await counted(ledger, all, START, START + HOUR)).toEqual(of(950_000n));
  });

  describe('whose part is not there', () => {
    it('has nothing, and says so', async () => {
      definitions.define(api, both);
      const { trouble, lastCoveredAt } = await streamOf(definitions.over(kept), both);
      expect([trouble, lastCoveredAt]).toEqual(['its part shop/shop is not defined', null]);
    });

    it('keeps the history of one that was retired, and says so', async () => {
      fill(first, START + 2 * HOUR);
      fill(second, START + HOUR);
      const place = { file: 'f', line: 1, column: 1 };
      const last = { slo: shop, place, stale: false };
      definitions.past.set('shop/shop', { kind: 'retired', at: START + HOUR, defined: last });
      definitions.define(api, both);
      const ledger = definitions.over(kept);
      expect(await counted(ledger, both, START, START + 2 * HOUR)).toEqual(slices(12, 12));
      expect((await streamOf(ledger, both)).trouble).toBe(
        'its part shop/shop was retired at 2026-10-01T01:00:00.000Z',
      );
    });

    it('finds it under the name that it has now', async () => {
      const renamed = sloWith({ name: 'till', objective: '0.9' });
      definitions.define(api, renamed, both);
      definitions.past.set('shop/shop', { kind: 'renamed', service: 'shop', name: 'till' });
      fill(first, START + HOUR);
      fill(kept.begin(renamed, START), START + HOUR);
      const ledger = definitions.over(kept);
      expect(await counted(ledger, both, START, START + HOUR)).toEqual(slices(12, 12));
    });

    it('waits for one that has collected nothing yet', async () => {
      const late = sloWith({ name: 'late', datasource: 'other' });
      const slo = compositeOf('all', [api, late], { name: 'waiting' });
      definitions.define(api, late, slo);
      expect((await streamOf(definitions.over(kept), slo)).trouble).toBe(
        'nothing has been collected yet of its part shop/late',
      );
    });

    it('cannot be made of itself', async () => {
      const a = compositeOf('all', [sloWith({ name: 'b' })], { name: 'a' });
      const b = compositeOf('all', [a], { name: 'b' });
      definitions.define(a, b);
      expect((await streamOf(definitions.over(kept), a)).trouble).toBe(
        'it depends on itself: shop/a -> shop/b -> shop/a',
      );
    });
  });

  it('asks nothing more where nothing is a composite', async () => {
    definitions.define(api, shop);
    fill(first, START + HOUR);
    const streams = jest.spyOn(kept, 'streams');
    const ledger = definitions.over(kept);
    await ledger.streams(['a', 'b']);
    expect(streams.mock.calls).toEqual([[['a', 'b']]]);
  });
});

describe('slices of a composite', () => {
  const step = fc.record({
    good: fc.nat({ max: 50 }),
    bad: fc.nat({ max: 3 }),
    seen: fc.integer({ min: 0, max: 5 }).map((k) => k > 0),
  });
  const minutes = fc.array(step, { minLength: 40, maxLength: 90 });
  type Minutes = readonly { readonly good: number; readonly bad: number; readonly seen: boolean }[];

  /** Slice by slice, from lists of minutes. */
  function byHand(method: CompositeMethod, parts: readonly Minutes[], perSlice: number) {
    const count = Math.floor(Math.min(...parts.map(({ length }) => length)) / perSlice);
    const objectives = [0.99, 0.9];
    const weights = [1, 2.5];
    return Array.from({ length: count }, (_, k) => {
      const told = parts.map((part) => {
        const own = part.slice(k * perSlice, (k + 1) * perSlice).filter(({ seen }) => seen);
        const good = own.reduce((sum, each) => sum + each.good, 0);
        const total = own.reduce((sum, each) => sum + each.good + each.bad, 0);
        return { covered: own.length * MINUTE, ratio: total === 0 ? 1 : good / total };
      });
      const covered = Math.min(...told.map((each) => each.covered));
      const ratios = told.map(({ ratio }) => ratio);
      const good = {
        all: ratios.every((ratio, at) => ratio >= (objectives[at] ?? 0) - 1e-12) ? 1 : 0,
        worst: Math.min(...ratios),
        weighted: ratios.reduce((sum, ratio, at) => sum + ratio * (weights[at] ?? 0), 0) / 3.5,
      }[method];
      return { covered, good: covered === 0 ? 0 : good, total: covered === 0 ? 0 : 1 };
    });
  }

  it.each(['all', 'worst', 'weighted'] as const)('%s are those made by hand', async (method) => {
    await fc.assert(
      fc.asyncProperty(
        minutes,
        minutes,
        fc.constantFrom(300, 600, 900),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
        async (one, two, sliceSeconds, pauses) => {
          const slo = compositeOf(method, [{ slo: api }, { slo: shop, weight: '2.5' }], {
            sliceSeconds,
          });
          const definitions = new Definitions();
          definitions.define(api, shop, slo);
          const kept = new MemoryLedger();
          const ledger = definitions.over(kept);
          const streams = [kept.begin(api, START), kept.begin(shop, START)];
          const looks = new Set(pauses);
          for (let k = 0; k < Math.max(one.length, two.length); k += 1) {
            [one, two].forEach((part, at) => {
              const told = part[k];
              if (told === undefined) return;
              const { seen, good, bad } = told;
              const written = seen ? { good, bad } : { good: 0, coveredSeconds: 0 };
              streams[at]?.step(MINUTE, written);
            });
            if (looks.has(k)) await streamOf(ledger, slo);
          }
          const expected = byHand(method, [one, two], sliceSeconds / MINUTE);
          const scale = method === 'all' ? 1 : 1e6;
          for (const [k, { good, total, covered }] of expected.entries()) {
            const from = START + k * sliceSeconds;
            const told = await counted(ledger, slo, from, from + sliceSeconds);
            expect(told.coveredSeconds).toBe(covered);
            expect(told.total).toBe(BigInt(total * scale));
            expect(Math.abs(Number(told.good) - good * scale)).toBeLessThan(0.501);
          }
          const stream = await streamOf(ledger, slo);
          expect(stream.newest.at).toBe(START + expected.length * sliceSeconds);
        },
      ),
      { numRuns: 40 },
    );
  });
});
