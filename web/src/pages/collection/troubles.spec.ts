import type { CollectionView } from '../../../../src/collection/collection-views';
import { troublesOf } from './troubles';

const source = (given: object) => ({ up: true, error: null, clockSkewSeconds: 0, ...given });
const collection = (given: object) =>
  ({
    ...{ lagSeconds: 60, sources: [source({ name: 'default' })] },
    ...{ failures: [], warnings: [], problems: [] },
    ...given,
  }) as unknown as CollectionView;

const PLACE = { file: 'slos.yaml', line: 3, column: 5, path: 'slos[0]' };

describe('what somebody should look at', () => {
  it('is nothing while all is well', () => {
    expect(troublesOf(collection({}))).toEqual([]);
  });

  it('is everything, what stops most first', () => {
    const bad = collection({
      lagSeconds: 900,
      sources: [source({ name: 'far', up: false, error: 'ECONNREFUSED' })],
      warnings: [{ slo: 'shop/slow', message: 'errors were never seen' }],
      failures: [{ slo: 'shop/api', message: 'unknown function' }],
      problems: [
        { ...PLACE, severity: 'error', message: 'objective is 2' },
        { ...PLACE, severity: 'warning', message: 'a tier is off' },
      ],
    });
    const told = troublesOf(bad).map(({ kind, where, advice, slo }) => [kind, where, advice, slo]);
    expect(told).toEqual([
      ['source', 'far', 'away', null],
      ['behind', '', 'behind', null],
      ['definition', 'slos.yaml:3:5', 'definition', null],
      ['warning', 'slos.yaml:3:5', 'meant', null],
      ['error', 'shop/api', 'query', 'shop/api'],
      ['warning', 'shop/slow', 'slip', 'shop/slow'],
    ]);
  });
});
