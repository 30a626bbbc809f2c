import fc from 'fast-check';
import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import { spentIn } from '../domain/episode';
import { revisionOf } from '../ledger/revision';
import { LedgerFigurer } from './ledger-figurer';
import { spentInBulk } from './spent-in-bulk';
import { spentSteps } from './spent-steps';

const GRID = 300;
const START = Date.parse('2026-10-01T00:00:00Z') / 1000;
const slo = sloWith({ objective: '0.99' });

/** Of five minutes: around the objective, at it, without events, half seen, not seen. */
const aStep = fc.oneof(
  fc.record({
    good: fc.constantFrom(0, 99, 990, 1_000),
    bad: fc.constantFrom(0, 0, 1, 10, 11, 40),
    coveredSeconds: fc.constantFrom(300, 300, 300, 150, 120),
  }),
  fc.constant({ good: 0, bad: 0, coveredSeconds: 0 }),
);

describe('what spent the budgets of many streams', () => {
  it('is what a look at each of them says, whatever was seen of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aStep, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: -5, max: 20 }),
        fc.integer({ min: 1, max: 80 }),
        async (steps, first, length) => {
          const ledger = new MemoryLedger();
          const own = ledger.begin(slo, START);
          for (const step of steps) own.step(GRID, step);
          const from = START + first * GRID;
          const to = from + length * GRID;
          const [stream] = await ledger.streams([revisionOf(slo)]);
          if (stream === undefined) throw new Error('the stream was begun');
          const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory());
          const closely = await figurer.steps({ slo, group: null, from, to, stepSeconds: GRID });
          if (closely === null) throw new Error('the SLO has no groups');
          const plain = [{ stream, objective: slo.objective }];
          const bulk = await spentInBulk(ledger, plain, { from, to });
          expect(bulk.get(stream.id)).toEqual(spentIn(spentSteps(slo, closely, from)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
