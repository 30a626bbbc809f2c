import { gateText } from './gate';

const frozen = {
  slo: 'shop/errors',
  mayDeploy: false,
  state: 'frozen',
  explanation:
    'shop/errors is frozen: -20 % of the budget is left, frozen at 0 % or less; do not deploy',
};
const open = {
  slo: 'shop/latency',
  mayDeploy: true,
  state: 'open',
  explanation: 'shop/latency is open: 80 % of the budget is left',
};

describe('what slowburn gate prints', () => {
  it('is a line for each SLO and the decision', () => {
    const gates = { mayDeploy: false, state: 'frozen', explanation: '', gates: [frozen, open] };
    expect(gateText(gates, false)).toBe(
      [
        'FROZEN      shop/errors is frozen: -20 % of the budget is left, frozen at 0 % or less; do not deploy',
        'OPEN        shop/latency is open: 80 % of the budget is left',
        'May not deploy.',
      ].join('\n'),
    );
  });

  it('of one SLO is its line', () => {
    expect(gateText(open, false)).toBe(
      'OPEN        shop/latency is open: 80 % of the budget is left\nMay deploy.',
    );
  });

  it('has a colour and the word on a terminal', () => {
    expect(gateText(frozen, true)).toContain('\u001b[31mFROZEN    \u001b[39m  shop');
  });
});
