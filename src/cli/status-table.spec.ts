import { burn, percent, timeSpan } from './figures-as-text';
import type { SloRow } from './slo-row';
import { bar, sloText, statusTable } from './status-table';

const row = (over: Partial<SloRow> & { readonly left?: number | null }): SloRow => ({
  slo: 'faciliauto/api-errors',
  group: null,
  status: 'healthy',
  objective: 0.995,
  sli: 0.998,
  budget: {
    remainingRatio: over.left === undefined ? 0.6 : over.left,
    remainingSeconds: over.left === undefined ? 7776 : (over.left ?? 0) * 12_960,
  },
  burnRates: { '1h': 0.4 },
  reason: null,
  ...over,
});

describe('the table of slowburn status', () => {
  it("shows FacilIAuto's worked example on one line", () => {
    const [, line] = statusTable([row({})], false).split('\n');
    expect(line).toBe(
      'faciliauto  api-errors     99.5 %  99.8 %  ██████       60 %    2h 9m     0.40  healthy',
    );
  });

  it('puts the worst first, and of the same status the one with less left', () => {
    const rows = [
      row({ slo: 'a/healthy' }),
      row({ slo: 'b/spent', status: 'exhausted', left: -0.2 }),
      row({ slo: 'c/at-risk', status: 'at_risk', left: 0.3 }),
      row({ slo: 'd/at-risk', status: 'at_risk', left: 0.2 }),
      row({ slo: 'e/silent', status: 'no_data', left: null, sli: null }),
    ];
    const lines = statusTable(rows, false).split('\n').slice(1, 6);
    expect(lines.map((line) => line[0])).toEqual(['e', 'b', 'd', 'c', 'a']);
  });

  it('counts the statuses below', () => {
    const text = statusTable([row({}), row({}), row({ status: 'critical' })], false);
    expect(text.split('\n').at(-1)).toBe('3 SLOs: 1 critical, 2 healthy');
    expect(statusTable([], false).split('\n').at(-1)).toBe('0 SLOs: none defined');
  });

  it('shows a spent budget signed and red, where colours are wanted', () => {
    const spent = row({ status: 'exhausted', left: -0.35 });
    expect(statusTable([spent], false)).toContain('!!!!         -35 %  -1h 15m');
    expect(statusTable([spent], false)).not.toContain('\u001b');
    expect(statusTable([spent], true)).toContain('\u001b[31m!!!!       \u001b[39m');
  });

  it('shows what cannot be known as a dash, never as 0 or 100 %', () => {
    const silent: SloRow = {
      ...row({ status: 'no_data', sli: null }),
      budget: { remainingRatio: null, remainingSeconds: null },
      burnRates: { '1h': null },
    };
    const [, line = ''] = statusTable([silent], false).split('\n');
    expect(line.replace(/\s+/g, ' ')).toBe('faciliauto api-errors 99.5 % - - - - - no_data');
  });

  it('names a group by its labels in the order of the alphabet', () => {
    expect(sloText({ slo: 'faciliauto/latency-p95', group: { endpoint: '/cars', b: 'x"y' } })).toBe(
      'latency-p95{b="x\\"y",endpoint="/cars"}',
    );
  });
});

describe('the bar of a budget', () => {
  it.each([
    [1, '██████████'],
    [1.2, '██████████'],
    [0.6, '██████    '],
    [0.25, '██▌       '],
    [0.0001, '▏         '],
    [0, '!         '],
    [-0.3, '!!!       '],
    [-40, '!!!!!!!!!!'],
    [null, '-         '],
  ])('of %p is %p', (ratio, text) => {
    expect(bar(ratio)).toBe(text);
  });
});

describe('figures as text', () => {
  it.each([
    [0.995, '99.5 %'],
    [0.9995, '99.95 %'],
    [0.99999999, '99.9999 %'],
    [1, '100 %'],
    [0, '0 %'],
    [-0.12345, '-12.345 %'],
    [null, '-'],
  ])('the ratio %p is %p', (ratio, text) => {
    expect(percent(ratio)).toBe(text);
  });

  it.each([
    [0, '0s'],
    [42, '42s'],
    [-90, '-1m 30s'],
    [2592, '43m 12s'],
    [7776, '2h 9m'],
    [12_960, '3h 36m'],
    [1_296_000, '15d'],
    [-100_800, '-1d 4h'],
    [null, '-'],
  ])('%p seconds are %p', (seconds, text) => {
    expect(timeSpan(seconds)).toBe(text);
  });

  it.each([
    [0, '0.00'],
    [0.376, '0.38'],
    [14.4, '14.4'],
    [1000, '1000'],
    [null, '-'],
  ])('a burn rate of %p is %p', (rate, text) => {
    expect(burn(rate)).toBe(text);
  });
});
