import fc from 'fast-check';
import { legalLabels } from './legal-labels';

describe('labels for Alertmanager', () => {
  it.each([
    [
      { service: 'shop', _x: '1' },
      { service: 'shop', _x: '1' },
    ],
    [{ 'app.kubernetes.io/name': 'a' }, { app_kubernetes_io_name: 'a' }],
    [
      { '2xx': 'a', '': 'b', é: 'c' },
      { _2xx: 'a', _: 'b', __: 'c' },
    ],
    [
      { 'a-b': '1', a_b: '2', 'a.b': '3' },
      { a_b: '2', a_b_: '1', a_b__: '3' },
    ],
  ])('%j are %j', (labels, legal) => {
    expect(legalLabels(labels)).toEqual(legal);
  });

  it('lose no value, and do not depend on the order that they come in (property)', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (labels) => {
        const legal = legalLabels(labels);
        expect(Object.values(legal).sort()).toEqual(Object.values(labels).sort());
        for (const name of Object.keys(legal)) expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
        const reversed = Object.fromEntries(Object.entries(labels).reverse());
        expect(legalLabels(reversed)).toEqual(legal);
      }),
    );
  });
});
