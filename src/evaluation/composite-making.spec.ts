import fc from 'fast-check';
import { compositeOf, Definitions, streamOf } from '../../test/support/composites';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import type { LedgerReader } from '../ledger/ledger';

const MINUTE = 60;
const SLICE = 300;
const HOUR = 3_600;
const START = Date.parse('2026-10-01T00:00:00Z') / 1000;

const api = sloWith({ name: 'api', objective: '0.99' });
const shop = sloWith({ name: 'shop', objective: '0.9' });

describe('what is remembered of a composite', () => {
  const change = fc.record({
    what: fc.constantFrom(
      'append' as const,
      'correct' as const,
      'correct' as const,
      'before' as const,
    ),
    of: fc.constantFrom(0, 1),
    minutes: fc.integer({ min: 1, max: 150 }),
    bad: fc.nat({ max: 3 }),
    unseen: fc.boolean(),
  });

  it.each(['all', 'worst'] as const)(
    'is what is made anew, however its parts change (%s)',
    async (method) => {
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 3, maxLength: 12 }), async (changes) => {
          const inner = compositeOf(method, [api, shop], { name: 'inner' });
          const outer = compositeOf(method, [inner, shop], { sliceSeconds: 900 });
          const definitions = new Definitions();
          definitions.define(api, shop, inner, outer);
          const kept = new MemoryLedger();
          const remembering = definitions.over(kept);
          const streams = [kept.begin(api, START), kept.begin(shop, START)];
          for (const stream of streams) stream.until(START + 2 * HOUR, MINUTE, { good: 100 });
          let earliest = START;
          for (const { what, of, minutes, bad, unseen } of changes) {
            const stream = streams[of];
            if (stream === undefined) continue;
            const step = unseen
              ? { good: 0, coveredSeconds: 0 }
              : { good: 100, bad: bad === 3 ? 5 : 0 };
            if (what === 'append') stream.until(stream.end + minutes * MINUTE, MINUTE, step);
            else if (what === 'before') {
              earliest -= 12 * SLICE;
              stream.before(earliest, SLICE, step);
            } else {
              const at = Math.max(START + MINUTE, stream.end - minutes * MINUTE);
              if (at <= stream.end) stream.correctBad(at, BigInt(10 * bad));
            }
            const fresh = definitions.over(kept);
            for (const slo of [outer, inner]) {
              const [was, is] = [await streamOf(remembering, slo), await streamOf(fresh, slo)];
              const told = async (ledger: LedgerReader, stream: typeof is) =>
                ledger.series(stream, stream.oldest.at, stream.newest.at, SLICE);
              expect(await told(remembering, was)).toEqual(await told(fresh, is));
              expect([was.oldest, was.lastCoveredAt]).toEqual([is.oldest, is.lastCoveredAt]);
            }
          }
        }),
        { numRuns: 40 },
      );
    },
  );
});
