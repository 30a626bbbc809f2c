import { slo } from '../../test/support/slo';
import { Objective } from '../domain/objective';
import { changedFields, specOf } from './definition-spec';

describe('what changed between two definitions', () => {
  const before = specOf(slo({ labels: { tier: '1', area: 'x' } }));

  it('is nothing between equal ones, whatever the order of their keys', () => {
    const turned = Object.fromEntries(Object.entries(before).reverse());
    expect(changedFields(before, turned)).toEqual([]);
  });

  it('is told field by field, with null for what is not there', () => {
    const after = specOf(
      slo({
        objective: Objective.parse('99.95%'),
        labels: { tier: '2', 'b c': 'y' },
        groupBy: ['zone'],
        renamedFrom: 'api/old',
      }),
    );
    expect(changedFields(before, after)).toEqual([
      { field: 'labels.tier', before: '1', after: '2' },
      { field: 'labels.area', before: 'x', after: null },
      { field: 'groupBy', before: [], after: ['zone'] },
      { field: 'objective', before: '0.999', after: '0.9995' },
      { field: 'labels["b c"]', before: null, after: 'y' },
      { field: 'renamedFrom', before: null, after: 'api/old' },
    ]);
  });

  it('reaches into the SLI and the objective of slices', () => {
    const sliced = (sliceObjective: string) =>
      specOf(
        slo({
          budgeting: {
            kind: 'timeslices',
            sliceSeconds: 300,
            sliceObjective: Objective.parse(sliceObjective),
          },
        }),
      );
    expect(changedFields(sliced('0.9'), sliced('0.95'))).toEqual([
      { field: 'budgeting.sliceObjective', before: '0.9', after: '0.95' },
    ]);
  });

  it('leaves an earlier name out where there is none', () => {
    expect(before).not.toHaveProperty('renamedFrom');
  });
});
