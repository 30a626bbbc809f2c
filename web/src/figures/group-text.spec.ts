import { groupText, isSameGroup } from './group-text';

describe('the labels of a group', () => {
  it('are told in one order, an empty value too', () => {
    expect(groupText({ zone: '', endpoint: '/cart' })).toBe('endpoint=/cart, zone=');
    expect(groupText(null)).toBe('');
  });

  it.each([
    [{ a: '1', b: '2' }, { b: '2', a: '1' }, true],
    [{ a: '1' }, { a: '' }, false],
    [{ a: '' }, null, false],
    [{}, null, false],
    [{ a: '1,b=2' }, { a: '1', b: '2' }, false],
    [null, null, true],
  ] as const)('%j and %j are the same group: %s', (a, b, same) => {
    expect(isSameGroup(a, b)).toBe(same);
  });
});
