import { slo } from '../../test/support/slo';
import { Objective } from '../domain/objective';
import { changedFields, specOf } from './definition-spec';
import { revisionOf } from './revision';

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

  it('are exclusions as a whole, which are no part of what is counted', () => {
    const when = { kind: 'once', from: 1_795_136_400, to: 1_795_150_800 } as const;
    const written = { when, treatment: 'drop', reason: 'r', author: 'a', group: null } as const;
    const excluding = slo({ exclusions: [written] });
    expect(specOf(slo())).not.toHaveProperty('exclusions');
    expect(changedFields(specOf(slo()), specOf(excluding))).toEqual([
      { field: 'exclusions', before: null, after: [written] },
    ]);
    expect(revisionOf(excluding)).toBe(revisionOf(slo()));
  });
});
