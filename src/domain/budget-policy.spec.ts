import fc from 'fast-check';
import { decide, DEFAULT_BUDGET_POLICY, type PolicyInput } from './budget-policy';

const WELL: PolicyInput = { remainingRatio: 0.6, burnRate: 0.5, pages: [], unknown: null };
const BY_BURN = { ...DEFAULT_BUDGET_POLICY, freezeAboveBurn: 14.4, slowAboveBurn: 2 };
const CLOSED = { ...DEFAULT_BUDGET_POLICY, noData: 'closed' as const };
const page = 'page, 1h burn at 20 and 5m burn at 30, above 14.4';
const unknown = 'the source was last seen 20m ago';

describe('a budget policy', () => {
  it.each([
    ['enough is left', DEFAULT_BUDGET_POLICY, {}, 'open', true, ['slowAt']],
    [
      'a quarter is left',
      DEFAULT_BUDGET_POLICY,
      { remainingRatio: 0.25 },
      'slow',
      true,
      ['slowAt'],
    ],
    [
      'nothing is left',
      DEFAULT_BUDGET_POLICY,
      { remainingRatio: 0 },
      'frozen',
      false,
      ['freezeAt'],
    ],
    [
      'too much was spent',
      DEFAULT_BUDGET_POLICY,
      { remainingRatio: -2 },
      'frozen',
      false,
      ['freezeAt'],
    ],
    [
      'a page is firing',
      DEFAULT_BUDGET_POLICY,
      { pages: [page] },
      'frozen',
      false,
      ['freezeWhilePaging'],
    ],
    [
      'a page is firing and little is left',
      DEFAULT_BUDGET_POLICY,
      { pages: [page], remainingRatio: 0.1 },
      'frozen',
      false,
      ['freezeWhilePaging', 'slowAt'],
    ],
    [
      'a page is firing and that does not matter',
      { ...DEFAULT_BUDGET_POLICY, freezeWhilePaging: false },
      { pages: [page] },
      'open',
      true,
      ['slowAt'],
    ],
    ['it burns', BY_BURN, { burnRate: 3 }, 'slow', true, ['slowAboveBurn']],
    ['it burns exactly at the limit', BY_BURN, { burnRate: 2 }, 'open', true, ['slowAt']],
    ['it burns fast', BY_BURN, { burnRate: 15 }, 'frozen', false, ['freezeAboveBurn']],
    ['its burn is not known', BY_BURN, { burnRate: null }, 'open', true, ['slowAt']],
    ['the source is away', DEFAULT_BUDGET_POLICY, { unknown }, 'unknown', true, ['noData']],
    [
      'the source is away and the gate is to close',
      CLOSED,
      { unknown },
      'unknown',
      false,
      ['noData'],
    ],
    [
      'nothing was ever known',
      CLOSED,
      { remainingRatio: null, burnRate: null },
      'unknown',
      false,
      ['noData'],
    ],
    [
      'the source is away and the budget is spent',
      DEFAULT_BUDGET_POLICY,
      { unknown, remainingRatio: -0.2 },
      'frozen',
      false,
      ['freezeAt', 'noData'],
    ],
  ] as const)('when %s', (_, policy, known, state, mayDeploy, rules) => {
    const decision = decide(policy, { ...WELL, ...known });
    expect(decision).toMatchObject({ state, mayDeploy });
    expect(decision.reasons.map(({ rule }) => rule)).toEqual(rules);
  });

  it('says what it compared, as figures and as a sentence', () => {
    const { reasons } = decide(BY_BURN, { ...WELL, remainingRatio: 0.123456, burnRate: 20 });
    expect(reasons).toEqual([
      {
        state: 'frozen',
        rule: 'freezeAboveBurn',
        value: 20,
        limit: 14.4,
        text: 'the budget burns at 20, frozen above 14.4',
      },
      {
        state: 'slow',
        rule: 'slowAt',
        value: 0.123456,
        limit: 0.25,
        text: '12.35 % of the budget is left, slow at 25 % or less',
      },
    ]);
  });

  it('never opens what it closed when less is left, more burns or a page begins', () => {
    const anyInput = fc.record({
      remainingRatio: fc.double({ min: -2, max: 1, noNaN: true }),
      burnRate: fc.double({ min: 0, max: 30, noNaN: true }),
      pages: fc.subarray([page]),
      unknown: fc.constantFrom(null, unknown),
    });
    fc.assert(
      fc.property(anyInput, fc.double({ min: 0, max: 2, noNaN: true }), (input, worse) => {
        const before = decide(BY_BURN, input);
        const after = decide(BY_BURN, {
          ...input,
          remainingRatio: input.remainingRatio - worse,
          burnRate: input.burnRate + worse,
          pages: [page],
        });
        expect(Number(after.mayDeploy)).toBeLessThanOrEqual(Number(before.mayDeploy));
      }),
    );
  });
});
