import { type StatusInput, statusOf } from './status';

const WELL: StatusInput = {
  remainingRatio: 0.8,
  hourBurnRate: 0.2,
  pageFiring: false,
  ticketFiring: false,
  dataAgeSeconds: 60,
};

describe('the status of an SLO', () => {
  it.each<[string, Partial<StatusInput>, string]>([
    ['all is well', {}, 'healthy'],
    [
      'the budget is whole and nothing is known of the last hour',
      { hourBurnRate: null },
      'healthy',
    ],
    ['it burns fast with more than half left', { hourBurnRate: 5, remainingRatio: 0.6 }, 'healthy'],
    ['it burns fast with exactly half left', { hourBurnRate: 5, remainingRatio: 0.5 }, 'healthy'],
    [
      'it burns fast with less than half left',
      { hourBurnRate: 5, remainingRatio: 0.49 },
      'at_risk',
    ],
    ['it burns at exactly 1', { hourBurnRate: 1, remainingRatio: 0.2 }, 'healthy'],
    [
      'little is left and the hour is unknown',
      { hourBurnRate: null, remainingRatio: 0.2 },
      'healthy',
    ],
    ['a ticket is firing', { ticketFiring: true }, 'at_risk'],
    ['a page is firing', { pageFiring: true, ticketFiring: true }, 'critical'],
    ['exactly 10 % is left', { remainingRatio: 0.1 }, 'healthy'],
    ['under 10 % is left', { remainingRatio: 0.0999 }, 'critical'],
    ['nothing is left', { remainingRatio: 0 }, 'exhausted'],
    ['overspent, with a page', { remainingRatio: -3, pageFiring: true }, 'exhausted'],
    ['data is 15 minutes old', { dataAgeSeconds: 900 }, 'healthy'],
    ['data is older', { dataAgeSeconds: 901, pageFiring: true, remainingRatio: -1 }, 'no_data'],
    ['there never was data', { dataAgeSeconds: null }, 'no_data'],
    ['the window holds no data', { remainingRatio: null, dataAgeSeconds: 0 }, 'no_data'],
  ])('when %s', (_when, input, status) => {
    expect(statusOf({ ...WELL, ...input })).toBe(status);
  });
});
