import { sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { composeDefinitions } from './compose';
import type { Defined, Definitions } from './registry';

function from(file: string, ...slos: readonly Slo[]): Definitions {
  const defined = slos.map((slo, k): Defined => {
    return { slo, place: { file, line: k + 1, column: 1 }, stale: false };
  });
  return { defined, problems: [] };
}

const API = 'api:shop/x';

describe('files and API together', () => {
  it('define what either defines', () => {
    const { defined, problems } = composeDefinitions(
      from('a.yaml', sloWith({ name: 'one' })),
      from(API, sloWith({ name: 'two' })),
    );
    expect(defined.map(({ slo }) => slo.name)).toEqual(['one', 'two']);
    expect(problems).toEqual([]);
  });

  it('leave an SLO of both to the file, and say so where the API has it', () => {
    const { defined, problems } = composeDefinitions(
      from('a.yaml', sloWith()),
      from(API, sloWith({ objective: '0.5' })),
    );
    expect(defined.map(({ place }) => place.file)).toEqual(['a.yaml']);
    expect(problems).toEqual([
      {
        severity: 'error',
        place: { file: API, line: 1, column: 1 },
        path: '',
        message:
          'shop/api-errors is already defined at a.yaml:1:1, which stays in force, allowed: each service/name once',
      },
    ]);
  });

  it('warn of a rename as long as the earlier name is defined', () => {
    const renamed = sloWith({ name: 'new', renamedFrom: 'shop/old' });
    const both = composeDefinitions(from('a.yaml', sloWith({ name: 'old' })), from(API, renamed));
    expect(both.problems.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'warning',
        'shop/new is renamed from shop/old, which is still defined at a.yaml:1: its history goes over once it is not',
      ],
    ]);
    expect(composeDefinitions(from('a.yaml'), from(API, renamed)).problems).toEqual([]);
  });
});
