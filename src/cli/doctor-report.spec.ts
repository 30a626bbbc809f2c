import { doctorReport, type Reported } from './doctor-report';

const finding = (over: Partial<Reported>): Reported => ({
  check: 'clock-skew',
  severity: 'warning',
  slo: null,
  datasource: null,
  place: null,
  path: '',
  value: 'it is so',
  allowed: '',
  action: '',
  ...over,
});

const reportOf = (findings: readonly Reported[], colours = false): string =>
  doctorReport({ findings, slos: 5, unfinished: [] }, colours);

describe('the report of slowburn doctor', () => {
  it('groups findings by what they are about, with what is allowed and what to do', () => {
    const slo = { slo: 'shop/errors', datasource: 'default', place: 'slos.yaml:3:5' };
    const report = reportOf([
      finding({ severity: 'error', check: 'port-taken' }),
      finding({ datasource: 'default', action: 'set the clock' }),
      finding({ ...slo, path: 'objective', allowed: 'less' }),
      finding({ ...slo, check: 'replica-label', value: 'twice' }),
    ]);
    expect(report).toBe(
      [
        'installation',
        '  error    port-taken',
        '           it is so',
        '',
        'data source default',
        '  warning  clock-skew',
        '           it is so',
        '           to do: set the clock',
        '',
        'shop/errors  slos.yaml:3:5',
        '  warning  clock-skew  objective',
        '           it is so',
        '           allowed: less',
        '  warning  replica-label',
        '           twice',
        '',
        '5 SLOs: 1 error, 3 warnings',
      ].join('\n'),
    );
  });

  it('tells once what several SLOs share, and counts it for each', () => {
    const report = reportOf(
      ['a', 'b', 'c', 'd', 'e'].map((name) => finding({ slo: `shop/${name}`, severity: 'info' })),
    );
    expect(report.match(/it is so/g)).toHaveLength(1);
    expect(report).toContain('shop/a, shop/b, shop/c and 2 more\n');
    expect(report).toContain('5 SLOs: 5 remarks');
  });

  it('names what was not looked at', () => {
    const report = doctorReport({ findings: [], slos: 2, unfinished: ['shop/errors'] }, false);
    expect(report).toBe('2 SLOs: nothing found\nnot wholly looked at: shop/errors');
    expect(doctorReport({ findings: [], slos: null, unfinished: [] }, false)).toBe(
      'no SLO was looked at: nothing found',
    );
  });

  it('has colours only when they are wanted', () => {
    const [plain, coloured] = [false, true].map((colours) => reportOf([finding({})], colours));
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[33mwarning\u001b[39m');
  });
});
