import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { Logger } from '@nestjs/common';
import { MemoryFiring } from '../../test/support/memory-firing';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { revisionOf } from '../ledger/revision';
import { Board } from './board';
import { Evaluator } from './evaluator';
import type { Figures, TierFigure } from './figures';

const MINUTE = 60;
const HOUR = 3_600;
const START = Date.parse('2026-10-01T00:00:00Z') / 1000;

function evaluating(ledger: MemoryLedger) {
  const board = new Board();
  const firing = new MemoryFiring();
  let seconds = 0;
  const evaluator = new Evaluator(
    ledger,
    board,
    () => (seconds += 0.25),
    new MemoryDefinitionHistory(),
    firing,
  );
  const at = async (instant: number, ...slos: readonly Slo[]): Promise<readonly Figures[]> => {
    await evaluator.evaluate(slos, instant);
    firing.keep(board.current().figures);
    return board.current().figures;
  };
  return { board, at };
}

function fastPage(figures: Figures | undefined): TierFigure | undefined {
  return figures?.tiers.find(({ tier }) => tier.longSeconds === HOUR);
}

describe('the evaluator', () => {
  it('puts a row per group on the board, with the instant and how long it took', async () => {
    const grouped = sloWith({ name: 'by-endpoint', groupBy: ['endpoint'] });
    const ledger = new MemoryLedger();
    ledger.begin(sloWith(), START).step(MINUTE, { good: 5 });
    ledger.begin(grouped, START, { group: { endpoint: '/a' } }).step(MINUTE, { good: 1 });
    ledger.begin(grouped, START, { group: { endpoint: '/b' } }).step(MINUTE, { good: 2 });
    const { board, at } = evaluating(ledger);
    const figures = await at(START + MINUTE, sloWith(), grouped);
    expect(figures.map(({ slo, group, budget }) => [slo.name, group, budget.events.good])).toEqual([
      ['api-errors', null, 5n],
      ['by-endpoint', { endpoint: '/a' }, 1n],
      ['by-endpoint', { endpoint: '/b' }, 2n],
    ]);
    expect(board.current()).toMatchObject({ evaluatedAt: START + MINUTE, evaluationSeconds: 0.25 });
  });

  it('tells how far the streams are, without those of an SLO that is gone', async () => {
    const other = sloWith({ name: 'other' });
    const ledger = new MemoryLedger();
    ledger.begin(sloWith(), START).step(MINUTE, { good: 5 }).step(MINUTE, { good: 5 });
    ledger.begin(other, START).step(MINUTE, { good: 5 });
    expect(revisionOf(other)).toBe(revisionOf(sloWith()));
    const { board, at } = evaluating(ledger);
    const reached = async (...slos: readonly Slo[]) => {
      await at(START + 2 * MINUTE, ...slos);
      return board.current().reached?.get(revisionOf(other));
    };
    expect(await reached(sloWith(), other)).toEqual({ streams: 2, at: START + MINUTE });
    expect(await reached(sloWith())).toEqual({ streams: 1, at: START + 2 * MINUTE });
  });

  it('tells an SLO from the moment it is defined, and drops it with its definition', async () => {
    const { at } = evaluating(new MemoryLedger());
    const [row] = await at(START, sloWith());
    expect(row).toMatchObject({
      group: null,
      status: 'no_data',
      lifetime: { good: 0n, total: 0n },
    });
    expect(row?.budget.reason).toBe('nothing has been collected yet');
    expect(await at(START + MINUTE)).toEqual([]);
  });

  it('does not take the stream of another SLO that counts the same for its own', async () => {
    const ledger = new MemoryLedger();
    ledger.begin(sloWith(), START).step(MINUTE, { good: 5 });
    const { at } = evaluating(ledger);
    const [row] = await at(START + MINUTE, sloWith({ name: 'other' }));
    expect(row?.budget.events.total).toBe(0n);
  });

  it('fires when both windows burn, keeps since, and resolves when the short one recovers', async () => {
    const ledger = new MemoryLedger();
    const stream = ledger.begin(sloWith(), START);
    const { at } = evaluating(ledger);
    const minute = async (good: number, bad: number) => {
      stream.step(MINUTE, { good, bad });
      const [row] = await at(stream.end, sloWith());
      return fastPage(row);
    };
    stream.until(START + 2 * HOUR, MINUTE, { good: 100 });
    expect(await minute(100, 0)).toMatchObject({ firing: false, since: null });
    // 100 of 6000 events in the hour are 1.67 %: a burn of 16.7, above 14.4.
    const began = stream.end + MINUTE;
    expect(await minute(0, 100)).toMatchObject({ firing: true, since: began });
    expect(await minute(100, 0)).toMatchObject({ firing: true, since: began });
    for (let k = 0; k < 3; k += 1) expect((await minute(100, 0))?.since).toBe(began);
    expect(await minute(100, 0)).toMatchObject({ firing: false, since: null });
    expect((await minute(0, 200))?.since).toBe(stream.end);
  });

  it('missing data holds a firing tier and does not light a quiet one', async () => {
    const ledger = new MemoryLedger();
    const stream = ledger.begin(sloWith(), START);
    const { at } = evaluating(ledger);
    stream.until(START + 2 * HOUR, MINUTE, { good: 100 }).step(MINUTE, { good: 0, bad: 100 });
    const began = stream.end;
    expect(fastPage((await at(began, sloWith()))[0])).toMatchObject({ firing: true });
    stream.missing(began + 20 * MINUTE);
    const [gone] = await at(stream.end, sloWith());
    expect(fastPage(gone)).toMatchObject({ firing: true, since: began, short: { burnRate: null } });
    expect(gone?.status).toBe('no_data');
    stream.until(stream.end + 5 * MINUTE, MINUTE, { good: 100 });
    expect(fastPage((await at(stream.end, sloWith()))[0])?.firing).toBe(false);
    stream.missing(stream.end + 20 * MINUTE);
    expect(fastPage((await at(stream.end, sloWith()))[0])?.firing).toBe(false);
  });

  it('is told the severities of the definition, and nothing of what it switches off', async () => {
    const slo = sloWith({
      alerting: {
        runbook: null,
        labels: {},
        tiers: [
          { kind: 'page', severity: 'P0', disabled: false },
          { kind: 'ticket', severity: 'P2', disabled: true },
        ],
      },
    });
    const { at } = evaluating(new MemoryLedger());
    const [row] = await at(START, slo);
    expect(row?.tiers.map(({ severity }) => severity)).toEqual(['P0', 'P0']);
    // At 90 % a full outage burns at 10: 14.4 could never fire.
    const [loose] = await at(START, sloWith({ objective: '0.9' }));
    expect(loose?.tiers.map(({ tier }) => tier.longSeconds / HOUR)).toEqual([6, 24, 72]);
  });

  it.each([
    [{ minEvents: 61 }, false],
    [{ minEvents: 60 }, true],
    [{ minBadEvents: 3 }, false],
    [{ minBadEvents: 2 }, true],
  ])(
    'with %j two bad of sixty page: %s; the ticket and the budget do not ask',
    async (least, pages) => {
      const slo = sloWith(least);
      const ledger = new MemoryLedger();
      const stream = ledger.begin(slo, START).until(START + 72 * HOUR, HOUR, { good: 0 });
      stream
        .until(stream.end + 58 * MINUTE, MINUTE, { good: 1 })
        .until(stream.end + 2 * MINUTE, MINUTE, {
          good: 0,
          bad: 1,
        });
      const { at } = evaluating(ledger);
      const [row] = await at(stream.end, slo);
      expect(fastPage(row)?.firing).toBe(pages);
      expect(row?.tiers.filter(({ tier }) => tier.kind === 'ticket').map((t) => t.firing)).toEqual([
        true,
        true,
      ]);
      expect(row?.budget.budget?.consumedRatio).toBeCloseTo(2 / 60 / 0.001, 9);
    },
  );

  it('a stream that contradicts itself is told as unknown and keeps no other from being told', async () => {
    const ledger = new MemoryLedger();
    const broken = sloWith({ name: 'broken' });
    ledger
      .begin(broken, START)
      .until(START + HOUR, MINUTE, { good: 100 })
      .correct(START + 30 * MINUTE, -7_000n);
    ledger.begin(sloWith(), START).until(START + HOUR, MINUTE, { good: 100 });
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
    const { at } = evaluating(ledger);
    const [bad, well] = await at(START + HOUR, broken, sloWith());
    expect(bad).toMatchObject({ status: 'no_data', budget: { budget: null } });
    expect(bad?.budget.reason).toMatch(/^stream shop\/broken goes back between/);
    expect(well?.budget.events.total).toBe(6000n);
    expect(logged.mock.calls).toEqual([[expect.stringMatching(/^shop\/broken has no figures: /)]]);
    logged.mockRestore();
  });
});
