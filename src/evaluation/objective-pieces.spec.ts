import { MemoryDefinitionHistory } from '../../test/support/definition-history';
import { START } from '../../test/support/figures';
import { MemoryLedger } from '../../test/support/memory-ledger';
import { sloWith } from '../../test/support/slos';
import { Objective } from '../domain/objective';
import { sloId } from '../domain/slo';
import { LedgerFigurer } from './ledger-figurer';
import { objectiveOver, objectivePieces } from './objective-pieces';

const at = (hour: number) => hour * 3_600;
const current = Objective.parse('99.9%');
const changes = [
  { since: at(10), objective: '0.99' },
  { since: at(20) + 17, objective: '0.999' },
];

describe('a window whose objective changed', () => {
  const pieces = (from: number, to: number) =>
    objectivePieces(current, changes, { from, to }).map(
      (piece) => `${piece.from / 3_600}-${piece.to / 3_600} ${piece.objective.text}`,
    );

  it('is cut at the change, on the five-minute grid', () => {
    expect(pieces(at(15), at(30))).toEqual(['15-20 0.99', '20-30 0.999']);
  });

  it('is judged by the first definition before there was any', () => {
    expect(pieces(at(0), at(8))).toEqual(['0-8 0.99']);
  });

  it('has one piece where the change lies outside', () => {
    expect(pieces(at(21), at(30))).toEqual(['21-30 0.999']);
    expect(objectivePieces(current, [], { from: 0, to: 60 })).toEqual([
      { from: 0, to: 60, objective: current },
    ]);
  });

  it('allows what the events of each time were allowed', () => {
    const counted = ({ from }: { readonly from: number }) => ({
      good: 0n,
      total: from === at(15) ? 1_000n : 9_000n,
      coveredSeconds: 60,
    });
    const judged = objectiveOver(
      { objective: current },
      changes,
      { from: at(15), to: at(30) },
      counted,
    );
    expect(judged.budgetRatio).toBe((10 + 9) / 10_000);
  });

  it('is judged by the newest objective while nothing happened', () => {
    const nothing = () => ({ good: 0n, total: 0n, coveredSeconds: 60 });
    const judged = objectiveOver(
      { objective: current },
      changes,
      { from: at(15), to: at(30) },
      nothing,
    );
    expect(judged.text).toBe('0.999');
  });
});

describe('the budget of an SLO whose objective changed', () => {
  const DAY = 86_400;
  const slo = sloWith({ objective: '0.999' });
  const ledger = new MemoryLedger();
  ledger.begin(slo, START).until(START + 30 * DAY, 3_600, { good: 998, bad: 2 });
  const definitions = new MemoryDefinitionHistory(
    new Map([
      [
        sloId(slo),
        [
          { since: START, objective: '0.99' },
          { since: START + 10 * DAY, objective: '0.999' },
        ],
      ],
    ]),
  );
  const figurer = new LedgerFigurer(ledger, definitions);
  const asked = { slo, group: null, at: START + 30 * DAY };

  it('allows 1 % of ten days and 0.1 % of twenty: 2 400 and 480 events', async () => {
    const figures = await figurer.figures(asked);
    expect(figures?.budget.budget).toEqual({
      allowedBad: 2_880,
      consumedRatio: 0.5,
      remainingRatio: 0.5,
      remainingBad: 1_440,
    });
  });

  it('is asked with one objective for all events when another one is named', async () => {
    const figures = await figurer.figures({ ...asked, objective: Objective.parse('99.8%') });
    expect(figures?.budget.budget?.remainingRatio).toBe(0);
  });

  it('has the same remainder in its history', async () => {
    const history = await figurer.history({
      slo,
      group: null,
      from: START + 29 * DAY,
      to: START + 30 * DAY,
      stepSeconds: DAY,
    });
    expect(history?.points.map(({ remainingRatio }) => remainingRatio)).toEqual([0.5]);
  });
});
