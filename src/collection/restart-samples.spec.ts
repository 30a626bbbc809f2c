import { lotsOf, type RestartedStep } from './restart-samples';

const HOUR = 3_600;

function step(index: number, at: number, ...pods: readonly string[]): RestartedStep {
  return { index, from: at, to: at + 300, instances: pods.map((pod) => ['api', pod]) };
}

const sizes = (steps: readonly RestartedStep[], secondsPerSample: number) =>
  lotsOf(steps, secondsPerSample).map((lot) => lot.map(({ index }) => index));

describe('steps whose samples are asked for together', () => {
  it.each<[what: string, steps: readonly RestartedStep[], perSample: number, lots: number[][]]>([
    ['those of one pod within a day', [step(0, 0, 'a'), step(9, 20 * HOUR, 'a')], 60, [[0, 9]]],
    [
      'not those with too much time between them',
      [step(0, 0, 'a'), step(9, 50 * HOUR, 'a')],
      60,
      [[0], [9]],
    ],
    [
      'fewer, the more pods there are',
      [step(0, 0, 'a'), step(4, 10 * HOUR, 'b'), step(9, 20 * HOUR, 'c')],
      60,
      [[0, 4], [9]],
    ],
    [
      'fewer, the more series a pod has',
      [step(0, 0, 'a'), step(9, 20 * HOUR, 'a')],
      60 / 100,
      [[0], [9]],
    ],
    ['one at least, however large', [step(0, 0, 'a', 'b')], 0.001, [[0]]],
    ['none where none is wanted', [], 60, []],
  ])('are %s', (_, steps, perSample, lots) => {
    expect(sizes(steps, perSample)).toEqual(lots);
  });
});
