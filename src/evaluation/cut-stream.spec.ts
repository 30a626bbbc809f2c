import fc from 'fast-check';
import { anyWhen } from '../../test/support/any-exclusion';
import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { excluded, figuresExcluding, MemoryExclusions } from '../../test/support/excluding';
import { burnOver } from '../../test/support/figures';
import { type HandFilled, MemoryLedger } from '../../test/support/memory-ledger';
import { MemoryFiring } from '../../test/support/memory-firing';
import { sloWith, slicesWith, uptimeWith } from '../../test/support/slos';
import type { Treatment } from '../domain/exclusion';
import { occurrencesOf } from '../domain/occurrences';
import { Board } from './board';
import { Evaluator } from './evaluator';
import { LedgerFigurer } from './ledger-figurer';
import { WhatIfs } from './what-if';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** What a stream of five-minute steps comes to, step by step. */
const steps = fc.array(
  fc.record({
    good: fc.integer({ min: 0, max: 50 }),
    bad: fc.integer({ min: 0, max: 5 }),
    seen: fc.boolean(),
  }),
  { minLength: 12 * 24, maxLength: 12 * 24 },
);
const YEAR_START = Date.UTC(2026, 0, 1) / 1000;

describe('whatever is excluded', () => {
  it('adjusted and excluded events add up to the raw ones, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(
          fc.record({ when: anyWhen, treatment: fc.constantFrom<Treatment>('drop', 'countGood') }),
          { minLength: 1, maxLength: 4 },
        ),
        fc.integer({ min: 1, max: 364 }),
        async (day, written, which) => {
          const from = YEAR_START + which * DAY;
          const slo = sloWith();
          const ledger = new MemoryLedger();
          const stream: HandFilled = ledger.begin(slo, from);
          for (const { good, bad, seen } of day) {
            if (seen) stream.step(300, { good, bad });
            else stream.missing(stream.end + 300, 300);
          }
          const excluding = written.map((each, k) =>
            excluded(0, 1, { ...each, id: String(k), scope: { kind: 'service', service: 'shop' } }),
          );
          const told = await figuresExcluding(ledger, slo, excluding, from + DAY);
          let [good, total, left, seconds] = [0n, 0n, 0, 0];
          let [outGood, outTotal, pardonedBad] = [0n, 0n, 0n];
          day.forEach((step, k) => {
            const span = { from: from + k * 300, to: from + (k + 1) * 300 };
            const here = excluding.filter(({ when }) => occurrencesOf(when, span).length > 0);
            const drop = here.some(({ treatment }) => treatment === 'drop');
            const [g, b] = step.seen ? [BigInt(step.good), BigInt(step.bad)] : [0n, 0n];
            if (drop) {
              outGood += g;
              outTotal += g + b;
              return;
            }
            left += 300;
            seconds += here.length > 0 || step.seen ? 300 : 0;
            if (here.length > 0) pardonedBad += b;
            good += here.length > 0 ? g + b : g;
            total += g + b;
          });
          const lastDay = burnOver(told, DAY);
          expect(lastDay.events).toMatchObject({ good, total });
          expect(lastDay.raw.events).toMatchObject({
            good: good - pardonedBad + outGood,
            total: total + outTotal,
          });
          expect(lastDay.coverageRatio).toBeCloseTo(left === 0 ? 1 : seconds / left, 12);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('whatever is excluded, by whatever way it is asked', () => {
  const kinds = fc.constantFrom(
    sloWith(),
    uptimeWith({ noData: 'bad', objective: '0.9' }),
    uptimeWith({ noData: 'ignore', objective: '0.9' }),
    slicesWith({ noData: 'good', objective: '0.8' }),
  );
  const windows = { window: { kind: 'rolling', seconds: 3 * DAY } } as const;
  const world = fc
    .record({
      slo: kinds,
      steps: fc.array(fc.constantFrom('good', 'bad', 'missing'), {
        minLength: 7 * 24,
        maxLength: 7 * 24,
      }),
      written: fc.array(
        fc.record({
          from: fc.integer({ min: 0, max: 7 * DAY }),
          seconds: fc.integer({ min: 1, max: 12 * HOUR }),
          treatment: fc.constantFrom<Treatment>('drop', 'countGood'),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ slo, steps, written }) => {
      const told = { ...slo, ...windows };
      const isSlices = slo.sli.kind === 'threshold';
      const scale = slo.sli.kind === 'availability' ? 1_000n : 1n;
      const ledger = new MemoryLedger();
      const stream = ledger.begin(told, YEAR_START, { scale });
      for (const step of steps.flatMap((each) => Array<typeof each>(12).fill(each))) {
        if (step === 'missing') stream.missing(stream.end + 300, 300);
        else stream.step(300, { good: 0, [step]: isSlices ? 1n : 300n * scale });
      }
      const list = written.map(({ from, seconds, treatment }, k) =>
        excluded(YEAR_START + from, YEAR_START + from + seconds, { treatment, id: String(k) }),
      );
      return { slo: told, ledger, end: stream.end, exclusions: new MemoryExclusions(list) };
    });

  it('the history says what the figures of each of its instants say', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ slo, ledger, end, exclusions }) => {
        const figurer = new LedgerFigurer(ledger, new MemoryDefinitionHistory(), exclusions);
        const [from, stepSeconds] = [YEAR_START + 3 * DAY, 6 * HOUR];
        const history = await figurer.history({ slo, group: null, from, to: end, stepSeconds });
        for (const point of history?.points ?? []) {
          const told = await figurer.figures({ slo, group: null, at: point.t });
          if (told === null) throw new Error('there are figures of every instant');
          expect(point.remainingRatio).toBe(told.budget.budget?.remainingRatio ?? null);
          expect(point.raw.remainingRatio).toBe(told.budget.raw.remainingRatio);
          const burn = burnOver(told, 6 * HOUR);
          expect(point).toMatchObject({ burnRate: burn.burnRate, total: burn.events.total });
          expect(point.coverageRatio).toBe(burn.coverageRatio);
        }
        expect(history?.points).toHaveLength(16);
      }),
      { numRuns: 30 },
    );
  });

  it('a replay fires when the evaluation of each tick would have', async () => {
    const fired: number[] = [];
    await fc.assert(
      fc.asyncProperty(world, async ({ slo, ledger, end, exclusions }) => {
        const board = new Board();
        const firing = new MemoryFiring();
        const history = new MemoryDefinitionHistory();
        const evaluator = new Evaluator(ledger, board, () => 0, history, firing, exclusions);
        const from = YEAR_START + 5 * DAY;
        const begun = new Map<number, number>();
        const ticks: string[] = [];
        for (let at = from + 300; at <= end; at += 300) {
          await evaluator.evaluate([slo], at);
          firing.keep(board.current().figures);
          for (const { tier, firing: fires } of board.current().figures[0]?.tiers ?? []) {
            const since = begun.get(tier.longSeconds);
            if (fires && since === undefined) begun.set(tier.longSeconds, at);
            if (fires || since === undefined) continue;
            ticks.push(`${tier.longSeconds} ${since} ${at}`);
            begun.delete(tier.longSeconds);
          }
        }
        for (const [long, since] of begun) ticks.push(`${long} ${since} null`);
        const figurer = new LedgerFigurer(ledger, history, exclusions);
        const whatIfs = new WhatIfs(figurer, ledger, exclusions);
        const asked = { slo, group: null, objective: slo.objective, from, to: end };
        const replayed = (await whatIfs.ask(asked))?.replay.firings ?? [];
        fired.push(replayed.length);
        expect(
          replayed
            .map(({ tier, from: a, to: b }) => `${tier.longSeconds} ${a} ${String(b)}`)
            .sort(),
        ).toEqual(ticks.sort());
      }),
      { numRuns: 12 },
    );
    expect(Math.max(...fired)).toBeGreaterThan(2);
  });
});
