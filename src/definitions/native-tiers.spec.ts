import { counted } from '../../test/support/native-text';
import { problemLine } from '../yaml/problem';
import { readDefinitions } from './read-definitions';

function told(tiers: string): readonly string[] {
  const { problems } = readDefinitions(counted(`alerting: {tiers: ${tiers}}`), 'f');
  return problems.map((problem) => problemLine(problem).replace(/^f:[\d:]+ /, ''));
}

describe('written alert tiers', () => {
  it('are read by name', () => {
    const text = counted(
      'alerting:',
      '  annotations: { dashboard: https://example.com }',
      '  exhausted: { severity: P1 }',
      '  noData: { disabled: true }',
      '  tiers:',
      '    page-quick: { disabled: true }',
      '    ticket-slow: { severity: P4, share: 20% }',
      '    cost: { kind: ticket, factor: 2.5, long: 12h, short: 1h }',
    );
    const { slos, problems } = readDefinitions(text, 'f');
    expect(problems).toEqual([]);
    expect(slos[0]?.slo.alerting).toMatchObject({
      annotations: { dashboard: 'https://example.com' },
      exhausted: { severity: 'P1', disabled: false },
      noData: { severity: null, disabled: true },
      named: [
        { name: 'page-quick', kind: 'page', disabled: true, fires: null },
        { name: 'ticket-slow', kind: 'ticket', severity: 'P4', fires: { share: '20%' } },
        {
          ...{ name: 'cost', kind: 'ticket', severity: null, disabled: false },
          ...{ longSeconds: 43_200, shortSeconds: 3_600, fires: { factor: '2.5' } },
        },
      ],
    });
  });

  it.each([
    [
      '{page-quick: {kind: ticket}}',
      'error: slos[0].alerting.tiers.page-quick.kind: page-quick is a page, allowed: another name for a ticket',
    ],
    [
      '{own: {kind: page, share: 2%, long: 1h}}',
      'error: slos[0].alerting.tiers.own: own has no short; the default tiers are page-quick, page-slow, ticket-quick, ticket-slow',
    ],
    [
      '{own: {kind: page, long: 1h, short: 5m}}',
      'error: slos[0].alerting.tiers.own: own has neither share nor factor; the default tiers are page-quick, page-slow, ticket-quick, ticket-slow',
    ],
    [
      '{page-quick: {share: 2%, factor: 14.4}}',
      'error: slos[0].alerting.tiers.page-quick: share and factor are both there, allowed: one of them, since it gives the other',
    ],
    [
      '{page-quick: {share: 200%}}',
      'error: slos[0].alerting.tiers.page-quick.share: share is "200%", allowed: a share of the budget above 0% and up to 100%, such as 2% or 0.02',
    ],
    [
      '{page-quick: {factor: 0}}',
      'error: slos[0].alerting.tiers.page-quick.factor: factor is "0", allowed: a burn rate above 0, such as 14.4',
    ],
    [
      '{page-quick: {short: 90s}}',
      'error: slos[0].alerting.tiers.page-quick.short: short is "90s", allowed: whole multiples of 5m, such as 30m',
    ],
    [
      '{page-quick: {short: 2h}}',
      'error: slos[0].alerting.tiers.page-quick: page-quick has short 2h and long 1h, allowed: short below long',
    ],
    [
      '{page-quick: {long: 31d}}',
      'error: slos[0].alerting.tiers.page-quick: page-quick looks back over 31d, allowed: up to the SLO window, 30d',
    ],
    [
      '{page-quick: {factor: 1000}}',
      'error: slos[0].alerting.tiers.page-quick: page at burn rate 1000 over 1h and 5m could never fire: at objective 0.99 even a full outage burns at 100, allowed: a burn rate below that',
    ],
    [
      '{page-quick: {long: 6h, short: 30m}}',
      'error: slos[0].alerting.tiers.page-slow: page-slow has the severity and windows of page-quick, allowed: tiers whose alerts can be told apart',
    ],
  ])('%s', (tiers, message) => {
    expect(told(tiers)).toEqual([message]);
  });
});
