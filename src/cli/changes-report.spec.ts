import { changesReport, complaintLine } from './changes-report';

const change = (slo: string, rest: object) =>
  ({ slo, outcome: 'created', stream: 'new', changes: [], ...rest }) as never;

describe('what `slowburn apply` prints', () => {
  it('is a line per SLO with what changes, and how many of each', () => {
    const objective = { field: 'objective', before: '0.99', after: '0.999' };
    const items = [
      change('shop/a', {}),
      change('shop/long-name', { outcome: 'changed', stream: 'kept', changes: [objective] }),
      change('shop/b', {
        outcome: 'changed',
        changes: [{ field: 'groupBy', before: [], after: ['zone'] }],
      }),
      change('shop/c', { outcome: 'resumed', stream: 'resumed' }),
      change('shop/d', { stream: 'renamed' }),
    ];
    expect(changesReport({ dryRun: true, items, warnings: [] }, false).split('\n')).toEqual([
      'created  shop/a',
      'changed  shop/long-name  objective "0.99" -> "0.999"',
      'changed  shop/b          groupBy [] -> ["zone"]; begins counting anew',
      'resumed  shop/c          goes on counting where it stopped',
      'created  shop/d          goes on with the history of its earlier name',
      '2 created, 2 changed, 1 resumed; nothing was saved',
    ]);
  });

  it('has colours where they are wanted', () => {
    const report = { dryRun: false, items: [change('shop/a', {})], warnings: [] };
    expect(changesReport(report, true)).toContain('\u001b[32mcreated\u001b[39m');
  });

  it('names file and line of a fault, as editors jump to it', () => {
    const fault = { line: 40, column: 5, path: 'slos[0].objective', message: 'objective is 2' };
    const placeOf = () => ({ file: 'slos/shop.yaml', line: 4 });
    expect(complaintLine('error', fault, placeOf, false)).toBe(
      'slos/shop.yaml:4:5: error: slos[0].objective: objective is 2',
    );
  });
});
