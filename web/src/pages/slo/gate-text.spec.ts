import type { GateReasonView } from '../../../../src/slos/gate-view.dto';
import { Figures } from '../../figures/figures';
import { gateReason } from './gate-text';
import { GATE_WORDS } from './gate-words';

const EN = new Figures('en', 'UTC');
const reason = (more: Partial<GateReasonView>): GateReasonView => ({
  state: 'frozen',
  rule: 'freezeAt',
  value: null,
  limit: null,
  text: '',
  group: null,
  ...more,
});

describe('why a gate is as it is', () => {
  it.each([
    [{ value: -0.1, limit: 0 }, '-10.0% of the budget is left; the limit is 0%.'],
    [{ rule: 'slowAt', value: 0.2, limit: 0.25 }, '20.0% of the budget is left; the limit is 25%.'],
    [{ rule: 'freezeWhilePaging', value: 2, limit: 0 }, 'Pages are firing: 2.'],
    [
      { rule: 'freezeAboveBurn', value: 20, limit: 14.4 },
      'The budget burns at 20.0×; the limit is 14.4×.',
    ],
    [
      { rule: 'freezeWhilePaging', value: 1, limit: 0, group: { endpoint: '/cart' } },
      'endpoint=/cart: Pages are firing: 1.',
    ],
    [{ state: 'unknown', rule: 'noData' }, 'Too little is known of now.'],
    [{ state: 'open', rule: 'slowAt', value: 0.9 }, 'Nothing speaks against it.'],
  ] as const)('%j', (given, text) => {
    expect(gateReason(reason(given), true, GATE_WORDS.en, EN)).toBe(text);
  });
});
