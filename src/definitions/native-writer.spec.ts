import fc from 'fast-check';
import { anySlo } from '../../test/support/any-slo';
import { counted, withSli } from '../../test/support/native-text';
import { sloId, type Slo } from '../domain/slo';
import { nativeDocuments, writeNative } from './native-writer';
import { readDefinitions } from './read-definitions';

function read(text: string): readonly Slo[] {
  const { slos, problems } = readDefinitions(text, 'f');
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return slos.map(({ slo }) => slo);
}

describe('what is written', () => {
  it('is read back as the same SLOs from YAML and from JSON, and written the same again', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anySlo, { minLength: 1, maxLength: 4, selector: sloId }),
        (slos) => {
          const written = writeNative(slos);
          const again = read(written);
          const services = [...new Set(slos.map(({ service }) => service))];
          const inOrder = services.flatMap((service) =>
            slos.filter((each) => each.service === service),
          );
          expect(again).toEqual(inOrder);
          expect(writeNative(again)).toBe(written);
          const documents = nativeDocuments(slos).map((document) => JSON.stringify(document));
          expect(documents.flatMap((document) => read(document))).toEqual(inOrder);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['timeslices', ['budgeting: timeslices', 'slice: 1m', 'sliceObjective: 99.95%']],
    ['ratio timeslices', ['budgeting: ratio-timeslices', 'noData: bad']],
  ])('keeps %s', (_, lines) => {
    const slos = read(counted(...lines));
    expect(read(writeNative(slos))).toEqual(slos);
  });

  it('keeps how missing time is judged', () => {
    const slos = read(withSli('availability: {up: up}') + '\n    noData: good');
    expect(slos[0]?.noData).toBe('good');
    expect(read(writeNative(slos))).toEqual(slos);
  });

  it('leaves out what goes without saying, and says once what all SLOs have', () => {
    const one = counted('team: a', 'labels: {tier: "1", area: web}');
    const two = one.replace('- name: one', '- name: two').replace('area: web', 'area: api');
    const slos = [one, two].flatMap((each) => read(each));
    expect(nativeDocuments(slos)).toEqual([
      {
        apiVersion: 'slowburn/v1',
        service: 'api',
        team: 'a',
        labels: { tier: '1' },
        slos: ['one', 'two'].map((name) => ({
          name,
          labels: { area: name === 'one' ? 'web' : 'api' },
          objective: '99%',
          window: '30d',
          sli: { ratio: { total: 'a_total', bad: 'b_total' } },
        })),
      },
    ]);
  });
});
