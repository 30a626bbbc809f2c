import fc from 'fast-check';
import { counted } from '../../test/support/native-text';
import { slo } from '../../test/support/slo';
import { type BudgetPolicy, DEFAULT_BUDGET_POLICY } from '../domain/budget-policy';
import { problemLine } from '../yaml/problem';
import { writeNative } from './native-writer';
import { readDefinitions } from './read-definitions';

function read(line: string): BudgetPolicy | undefined {
  const { slos, problems } = readDefinitions(counted(line), 'f');
  expect(problems.map(problemLine)).toEqual([]);
  return slos[0]?.slo.budgetPolicy;
}

const anyShare = fc
  .integer({ min: -10_000, max: 999 })
  .map((thousandths) => Number(`${thousandths}e-3`));
const anyBurn = fc.option(fc.integer({ min: 1, max: 999 }).map((burn) => burn / 4));

const anyPolicy: fc.Arbitrary<BudgetPolicy> = fc
  .record({
    freezeAt: anyShare,
    slowAt: anyShare,
    freezeWhilePaging: fc.boolean(),
    freezeAboveBurn: anyBurn,
    slowAboveBurn: anyBurn,
    burnOverSeconds: fc.constantFrom(300, 1_800, 3_600, 7_200, 21_600, 86_400, 259_200),
    noData: fc.constantFrom('open' as const, 'closed' as const),
  })
  .map((policy) => ({
    ...policy,
    slowAt: Math.max(policy.slowAt, policy.freezeAt),
    slowAboveBurn:
      policy.slowAboveBurn !== null && policy.freezeAboveBurn !== null
        ? Math.min(policy.slowAboveBurn, policy.freezeAboveBurn)
        : policy.slowAboveBurn,
  }));

describe('a budget policy', () => {
  it('is the default where nothing of it is written', () => {
    expect(read('description: no policy')).toBeUndefined();
    expect(read('budgetPolicy: {}')).toEqual(DEFAULT_BUDGET_POLICY);
  });

  it('is read field by field over the default', () => {
    expect(read('budgetPolicy: {slowAt: 50%, freezeWhilePaging: false, noData: closed}')).toEqual({
      ...DEFAULT_BUDGET_POLICY,
      slowAt: 0.5,
      freezeWhilePaging: false,
      noData: 'closed',
    });
    expect(
      read('budgetPolicy: {freezeAt: -7%, freezeAboveBurn: 14.4, slowAboveBurn: 2, burnOver: 6h}'),
    ).toEqual({
      ...DEFAULT_BUDGET_POLICY,
      freezeAt: -0.07,
      freezeAboveBurn: 14.4,
      slowAboveBurn: 2,
      burnOverSeconds: 21_600,
    });
  });

  it('that freezes early leaves no room to be slow', () => {
    expect(read('budgetPolicy: {freezeAt: 40%}')).toMatchObject({ freezeAt: 0.4, slowAt: 0.4 });
  });

  it('is written so that it is read the same again', () => {
    fc.assert(
      fc.property(anyPolicy, (budgetPolicy) => {
        const [again] = readDefinitions(writeNative([slo({ budgetPolicy })]), 'f').slos;
        expect(again?.slo.budgetPolicy).toEqual(budgetPolicy);
      }),
    );
  });

  const SHARE = 'a share of the budget from -1000% to below 100%, such as 25% or 0.25';
  it.each([
    ['{freezeAt: 100%}', `freezeAt: freezeAt is "100%", allowed: ${SHARE}`],
    ['{slowAt: 25}', `slowAt: slowAt is "25", allowed: ${SHARE} (was 25% meant?)`],
    ['{slowAt: "a lot"}', `slowAt: slowAt is "a lot", allowed: ${SHARE}`],
    [
      '{freezeAt: 30%, slowAt: 10%}',
      'slowAt: slowAt is "10%", allowed: 30% (freezeAt) or more, since frozen is graver than slow',
    ],
    [
      '{freezeAboveBurn: 2, slowAboveBurn: 6}',
      'slowAboveBurn: slowAboveBurn is 6, allowed: 2 (freezeAboveBurn) or less, since frozen is graver than slow',
    ],
    [
      '{freezeAboveBurn: 100}',
      'freezeAboveBurn: freezeAboveBurn is 100, allowed: below 100, at which a full outage burns with objective 0.99',
    ],
    [
      '{slowAboveBurn: 0}',
      'slowAboveBurn: slowAboveBurn is 0, allowed: a burn rate above 0 such as 6',
    ],
    ['{burnOver: 4h}', 'burnOver: burnOver is "4h", allowed: 5m, 30m, 1h, 2h, 6h, 1d, 3d'],
    ['{noData: maybe}', 'noData: noData is "maybe", allowed: open, closed'],
    [
      '{blockAt: 0%}',
      'blockAt: the key "blockAt" is unknown, allowed: freezeAt, slowAt, freezeWhilePaging, freezeAboveBurn, slowAboveBurn, burnOver, noData',
    ],
  ])('%s is refused at its place', (policy, message) => {
    const { problems } = readDefinitions(counted(`budgetPolicy: ${policy}`), 'f');
    expect(problems.map(problemLine).map((line) => line.replace(/^f:7:\d+: /, ''))).toEqual([
      `error: slos[0].budgetPolicy.${message}`,
    ]);
  });
});
