import { compositeOf } from '../../test/support/composites';
import { slicesWith, sloWith } from '../../test/support/slos';
import type { Slo } from '../domain/slo';
import { compositeProblems } from './composite-checks';

const api = sloWith({ name: 'api' });
const week = sloWith({ name: 'week', window: { kind: 'rolling', seconds: 7 * 86_400 } });
const cars = sloWith({ name: 'cars', groupBy: ['endpoint'] });

function told(...slos: readonly Slo[]): readonly string[] {
  const placed = slos.map((slo, k) => ({ slo, place: { file: 'f', line: k + 1, column: 1 } }));
  return compositeProblems(placed, 'warning').map(
    ({ severity, place, message }) => `${place.line} ${severity}: ${message}`,
  );
}

describe('composites among what is defined', () => {
  it('are good where their parts are there and fit', () => {
    const group = { endpoint: '/cars' };
    const slices = slicesWith({ name: 'slices' });
    const parts = [api, cars, { slo: cars, group }, slices];
    expect(told(compositeOf('all', parts, { sliceSeconds: 900 }), api, cars, slices)).toEqual([]);
  });

  it.each([
    [
      'a part that is not there is told, with what was probably meant',
      [compositeOf('all', [sloWith({ name: 'apl' })]), api],
      '1 warning: shop/journey: dependsOn.of[0] is "shop/apl", which is not defined (did you mean "shop/api"?), allowed: an SLO that is; until then there is no data',
    ],
    [
      'a part has the same window',
      [api, week, compositeOf('all', [api, week])],
      '3 error: shop/journey: dependsOn.of[1] is shop/week with the window 7d, allowed: the window of the composite, 30d',
    ],
    [
      'slices of a part divide those of the composite',
      [
        compositeOf('all', [compositeOf('all', [api], { name: 'hours', sliceSeconds: 3_600 })]),
        compositeOf('all', [api], { name: 'hours', sliceSeconds: 3_600 }),
        api,
      ],
      '1 error: shop/journey: dependsOn.of[0] is shop/hours with slices of 1h, allowed: slices that divide those of the composite, 5m',
    ],
    [
      'a group has the labels of its part',
      [compositeOf('all', [{ slo: cars, group: { path: '/' } }]), cars],
      '1 error: shop/journey: dependsOn.of[0] is shop/cars with the labels path, allowed: endpoint',
    ],
    [
      'a part without groups has no labels',
      [compositeOf('all', [{ slo: api, group: { path: '/' } }]), api],
      '1 error: shop/journey: dependsOn.of[0] is shop/api with the labels path, allowed: none, since it has no groups',
    ],
  ])('%s', (_, slos, line) => {
    expect(told(...slos)).toEqual([line]);
  });

  it('do not depend on themselves, and are told the way around', () => {
    const a = compositeOf('all', [sloWith({ name: 'b' })], { name: 'a' });
    const b = compositeOf('all', [sloWith({ name: 'c' })], { name: 'b' });
    const c = compositeOf('all', [api, a], { name: 'c' });
    const user = compositeOf('all', [a], { name: 'user' });
    expect(told(a, b, c, user, api)).toEqual([
      '1 error: shop/a depends on itself (shop/a -> shop/b -> shop/c -> shop/a), allowed: parts that do not depend on it',
      '2 error: shop/b depends on itself (shop/b -> shop/c -> shop/a -> shop/b), allowed: parts that do not depend on it',
      '3 error: shop/c depends on itself (shop/c -> shop/a -> shop/b -> shop/c), allowed: parts that do not depend on it',
    ]);
  });
});
