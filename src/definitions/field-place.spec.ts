import { fieldPlace } from './field-place';
import { readDefinitions } from './read-definitions';

const SLI = 'sli: { ratio: { total: a_total, bad: b_total } }';
const NATIVE = [
  '# two documents',
  'apiVersion: slowburn/v1',
  'service: shop',
  'slos:',
  `  - name: first`,
  '    objective: 99%',
  `    ${SLI}`,
  '---',
  'apiVersion: slowburn/v1',
  'service: shop',
  'slos:',
  '  - name: second',
  '    objective: 99%',
  `    ${SLI}`,
  '  - name: third',
  '    objective: 99%',
  `    ${SLI}`,
].join('\n');
const PYRRA = `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: errors, namespace: shop }
spec:
  target: "99"
  window: 4w
  indicator: { ratio: { errors: { metric: b_total }, total: { metric: a_total } } }
`;

/** Line, column and path of a field of the n-th SLO of a text. */
function found(text: string, index: number, field: string): readonly (number | string)[] {
  const slo = readDefinitions(text, 'body').slos[index];
  if (slo === undefined) throw new Error('no such SLO');
  const { place, path } = fieldPlace(text, slo, field);
  return [place.line, place.column, path];
}

describe('the place of a field', () => {
  it.each([
    [0, 'sli.ratio.total', [7, 28, 'slos[0].sli.ratio.total']],
    [1, 'sli.ratio.bad', [14, 42, 'slos[0].sli.ratio.bad']],
    [2, 'objective', [16, 16, 'slos[1].objective']],
    [2, '', [15, 5, 'slos[1]']],
  ])('of SLO %i: %s', (index, field, expected) => {
    expect(found(NATIVE, index, field)).toEqual(expected);
  });

  it('that is not written is that of what is around it', () => {
    expect(found(NATIVE, 1, 'groupBy')).toEqual([12, 5, 'slos[0]']);
    expect(found(NATIVE, 1, 'sli.query.total')).toEqual([14, 10, 'slos[0].sli']);
  });

  it('of another language is that of its document', () => {
    expect(found(PYRRA, 0, 'sli.ratio.total')).toEqual([1, 1, '']);
  });
});
