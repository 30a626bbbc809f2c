import { figuresOf, START } from '../../test/support/figures';
import type { HandFilled } from '../../test/support/memory-ledger';
import { slo } from '../../test/support/slo';
import { DEFAULT_BUDGET_POLICY } from '../domain/budget-policy';
import type { Slo } from '../domain/slo';
import type { Figures } from '../evaluation/figures';
import { explanationOf, type Gate, gateOf } from './gate';
import type { GateOverride } from './gate-overrides';

const GRID = 300;
const DAY = 86_400;
const END = START + 30 * DAY;

const override: GateOverride = {
  id: '7',
  service: 'api',
  name: 'errors',
  reason: 'a fix for the outage',
  createdBy: 'token:on-call',
  createdAt: END,
  expiresAt: END + 7_200,
  endedAt: null,
  endedBy: null,
};

/** 1 000 events in every five minutes of 30 days at 99.9 %, so many of them bad. */
function withBad(bad: number, of: Slo = slo()): Promise<Figures> {
  return figuresOf(of, (stream: HandFilled) =>
    stream.until(END, GRID, { good: 10_000 - bad, bad }),
  );
}

function gate(
  rows: readonly Figures[],
  over: { override?: GateOverride; evaluatedAt?: number | null; of?: Slo } = {},
): Gate {
  const { evaluatedAt = END, of = slo() } = over;
  const place = { file: 'slos/api.yaml', line: 4, column: 5 };
  const snapshot = { figures: rows, evaluatedAt, evaluationSeconds: 1 };
  return gateOf({ slo: of, place, stale: false }, null, rows, over.override ?? null, {
    snapshot,
    latest: END,
  });
}

describe('a gate', () => {
  it('is open while enough is left', async () => {
    const open = gate([await withBad(5)]);
    expect(open).toMatchObject({ state: 'open', mayDeploy: true, override: null });
    expect(explanationOf(open)).toBe(
      'api/errors is open: 50 % of the budget is left, more than 25 %, and nothing speaks against it',
    );
  });

  it('is frozen when the budget is spent', async () => {
    const frozen = gate([await withBad(12)]);
    expect(frozen).toMatchObject({ state: 'frozen', mayDeploy: false });
    expect(explanationOf(frozen)).toBe(
      'api/errors is frozen: -20 % of the budget is left, frozen at 0 % or less; do not deploy',
    );
  });

  it('is frozen during a page, whatever is left, and says which', async () => {
    const paging = await figuresOf(slo(), (stream) =>
      stream.until(END - 3_600, GRID, { good: 10_000 }).until(END, GRID, { good: 9_800, bad: 200 }),
    );
    const frozen = gate([paging]);
    expect(frozen).toMatchObject({ state: 'frozen', mayDeploy: false });
    expect(frozen.budgets[0]?.pages).toHaveLength(1);
    expect(explanationOf(frozen)).toBe(
      'api/errors is frozen: a page is firing: page, 1h burn at 20 and 5m burn at 20, above 14.4; do not deploy',
    );
  });

  it('is overridden where the policy closes it, and only there', async () => {
    const opened = gate([await withBad(12)], { override });
    expect(opened).toMatchObject({ state: 'overridden', mayDeploy: true });
    expect(explanationOf(opened)).toBe(
      'api/errors is overridden by token:on-call until 2026-10-31T02:00:00Z (a fix for the outage): -20 % of the budget is left, frozen at 0 % or less',
    );
    expect(gate([await withBad(5)], { override })).toMatchObject({ state: 'open', override });
    expect(gate([await withBad(8)], { override })).toMatchObject({ state: 'slow', override });
  });

  it('is as bad as the worst of its groups', async () => {
    const of = slo({ groupBy: ['endpoint'] });
    const row = async (endpoint: string, bad: number) => ({
      ...(await withBad(bad, of)),
      group: { endpoint },
    });
    const frozen = gate([await row('/a', 2), await row('/b', 12), await row('/c', 8)], { of });
    expect(frozen.budgets.map(({ group, state }) => [group?.['endpoint'], state])).toEqual([
      ['/b', 'frozen'],
      ['/c', 'slow'],
      ['/a', 'open'],
    ]);
    expect(frozen.reasons).toMatchObject([{ rule: 'freezeAt', group: { endpoint: '/b' } }]);
  });

  it('is unknown before the first evaluation, and when that stands still', async () => {
    expect(gate([], { evaluatedAt: null })).toMatchObject({ state: 'unknown', mayDeploy: true });
    const late = gate([await withBad(5)], { evaluatedAt: END - 1_200 });
    expect(late).toMatchObject({ state: 'unknown', mayDeploy: true });
    expect(explanationOf(late)).toBe(
      'api/errors is unknown: the last evaluation was 20m ago; without data the gate is open',
    );
  });

  it('is unknown when the source is away, and closed where the definition wants that', async () => {
    const away = await figuresOf(slo(), (stream) =>
      stream.until(END - 1_800, GRID, { good: 1_000 }).missing(END, GRID),
    );
    expect(gate([away])).toMatchObject({ state: 'unknown', mayDeploy: true });
    const of = slo({ budgetPolicy: { ...DEFAULT_BUDGET_POLICY, noData: 'closed' } });
    const closed = gate([away], { of });
    expect(closed).toMatchObject({ state: 'unknown', mayDeploy: false });
    expect(explanationOf(closed)).toBe(
      'api/errors is unknown: the source was last seen 30m ago; without data the gate is closed; do not deploy',
    );
    expect(gate([away], { of, override })).toMatchObject({ state: 'overridden', mayDeploy: true });
  });
});
